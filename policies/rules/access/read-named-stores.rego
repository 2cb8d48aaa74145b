# METADATA
# title: Data is read from named stores only
# description: >-
#   The policy allows to read the data of every store of a service: all objects, all tables or all secrets.
#   What is added tomorrow is open to it too, and nobody decides so.
# related_resources:
# - ref: https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html
# custom:
#   id: read-named-stores
#   message: "{name} may read the data of every store of a service"
#   severity: high
#   because: >-
#     Whoever takes over one job reads what it was never meant to see.
#   behaviour: 1
#   since: 0.1.0
#   sources: [terraform, plan, cloudformation, aws]
#   classes: [identity]
#   kinds: [aws.iam.policy, aws.iam.role, aws.iam.user, aws.iam.group]
#   obligations: [least-privilege]
#   checks: [iam-no-data-wildcards]
#   remediation:
#     terraform: >-
#       Name the stores in Resource of statements that read data (s3:GetObject, dynamodb:Query,
#       secretsmanager:GetSecretValue).
#     aws: >-
#       aws iam create-policy-version with the ARNs of the stores in place of the star.
package probity.rules.access.read_named_stores

violation contains {"fact": "settings.data_wildcard"} if input.settings.data_wildcard == true
