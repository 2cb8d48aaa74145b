# METADATA
# title: No secret has its value in code
# description: >-
#   The value of the secret or of the parameter is written in the code. Whoever can read the repository, its
#   history, a plan or a state has it, and the store of secrets guards nothing.
# related_resources:
# - ref: https://docs.aws.amazon.com/secretsmanager/latest/userguide/best-practices.html
# custom:
#   id: secret-value-in-code
#   message: "{name} has its value written in the code"
#   severity: high
#   because: >-
#     Everybody who reads the code has the secret, and its history keeps it.
#   behaviour: 1
#   since: 0.1.0
#   sources: [terraform, plan, cloudformation]
#   classes: [secret]
#   kinds: [aws.secretsmanager.secret, aws.ssm.parameter]
#   obligations: [secrets-management]
#   remediation:
#     terraform: >-
#       Let another source fill the value (random_password with an ephemeral value, a rotation, or a
#       person), and change it, since the old one stays in the history.
#     cloudformation: >-
#       Use GenerateSecretString in place of SecretString, and change the value.
package probity.rules.access.secret_value_in_code

violation contains {"fact": "settings.value_in_code"} if input.settings.value_in_code == true
