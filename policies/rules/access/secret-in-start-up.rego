# METADATA
# title: No credential stands in what a machine runs first
# description: >-
#   The user data of an instance or of its template holds what looks like a credential. Everybody who may
#   describe the instance, and every process on it, can read it.
# related_resources:
# - ref: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/user-data.html
# custom:
#   id: secret-in-start-up
#   message: "{name} has a credential in its user data"
#   severity: high
#   because: >-
#     Any process on the machine reads it, and it opens whatever it was made for.
#   behaviour: 1
#   since: 0.1.0
#   sources: [terraform, cloudformation]
#   classes: [compute]
#   kinds: [aws.ec2.instance]
#   obligations: [secrets-management]
#   checks: [secret-not-in-compute-env]
#   remediation:
#     terraform: >-
#       Let the machine read the value from Secrets Manager by its role, and change the value.
#     aws: >-
#       aws ec2 modify-instance-attribute --user-data (the instance must be stopped), and change the value.
package probity.rules.access.secret_in_start_up

violation contains {"fact": "settings.secret_in_user_data"} if input.settings.secret_in_user_data == true
