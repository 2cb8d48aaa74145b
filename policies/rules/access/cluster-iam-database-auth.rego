# METADATA
# title: Clusters take identities of the account
# description: >-
#   The cluster knows passwords only. They are shared, seldom changed and outlive the people who knew
#   them; tokens of the account end by themselves and name who came.
# related_resources:
# - ref: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/UsingWithRDS.IAMDBAuth.html
# custom:
#   id: cluster-iam-database-auth
#   message: "{name} does not take identities of the account"
#   severity: low
#   behaviour: 1
#   classes: [database]
#   kind: aws.rds.cluster
#   obligations: [authentication]
#   remediation:
#     terraform: >-
#       Set iam_database_authentication_enabled = true on aws_rds_cluster, and let applications ask
#       for tokens.
#     aws: >-
#       aws rds modify-db-cluster --enable-iam-database-authentication
package probity.rules.access.cluster_iam_database_auth

violation contains {"fact": "settings.iam_auth"} if input.settings.iam_auth == false
