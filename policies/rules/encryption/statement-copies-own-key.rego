# METADATA
# title: Copies of statements are encrypted with a key of yours
# description: >-
#   Performance Insights or a stream of activity keeps the text of statements, with the values in them, under a
#   key of AWS'. Who may look at either reads it, and no policy of yours stands before.
# related_resources:
# - ref: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_PerfInsights.access-control.html
# - ref: https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/DBActivityStreams.Enabling.html
# custom:
#   id: statement-copies-own-key
#   message: "copies of statements of {name} are not encrypted with a key of the account"
#   severity: low
#   because: >-
#     They are encrypted; but nobody of yours decides who decrypts.
#   behaviour: 1
#   since: 0.2.0
#   sources: [terraform, plan, cloudformation]
#   classes: [database]
#   kinds: [aws.rds.instance, aws.rds.cluster]
#   obligations: [key-management, encryption-at-rest]
#   checks: [rds-performance-insights-cmk, rds-activity-stream-cmk]
#   remediation:
#     terraform: >-
#       Set performance_insights_kms_key_id, and kms_key_id of aws_rds_cluster_activity_stream, to a key of your own.
#     aws: >-
#       aws rds modify-db-instance --performance-insights-kms-key-id … where Performance Insights was off; aws rds
#       start-activity-stream --kms-key-id …
package probity.rules.encryption.statement_copies_own_key

violation contains {"fact": "settings.statements_own_key"} if input.settings.statements_own_key == false
