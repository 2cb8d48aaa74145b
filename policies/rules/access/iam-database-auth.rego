# METADATA
# title: Databases take identities of the account
# description: >-
#   The database knows passwords only. They are shared, seldom changed and outlive the people who knew
#   them; tokens of the account end by themselves and name who came.
# related_resources:
# - ref: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/UsingWithRDS.IAMDBAuth.html
# custom:
#   id: iam-database-auth
#   message: "{name} does not take logins by identities of the account (IAM)"
#   severity: low
#   because: Passwords that are kept well do their work; tokens take away what goes wrong with them.
#   checks: [rds-iam-auth]
#   behaviour: 3
#   since: 0.1.0
#   sources: [terraform, plan, cloudformation, aws]
#   classes: [database]
#   kinds: [aws.rds.instance, aws.rds.cluster]
#   obligations: [authentication]
#   remediation:
#     terraform: >-
#       Set iam_database_authentication_enabled = true on aws_db_instance or aws_rds_cluster, and let applications ask
#       for tokens.
#     aws: >-
#       aws rds modify-db-instance (or modify-db-cluster) --enable-iam-database-authentication
package probity.rules.access.iam_database_auth

violation contains {"fact": "settings.iam_auth"} if input.settings.iam_auth == false
