# METADATA
# title: Tables can be set back to any moment
# description: >-
#   The table has no continuous backup. A faulty release or a deleted item can only be undone from an
#   export, if there is one.
# related_resources:
# - ref: https://eur-lex.europa.eu/eli/reg/2016/679/oj
# - ref: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Point-in-time-recovery.html
# custom:
#   id: point-in-time-recovery
#   message: "{name} cannot be set back to an earlier moment"
#   severity: medium
#   because: Data is lost only when something else goes wrong; then it is lost for good.
#   checks: [dynamodb-pitr, keyspaces-cmk-pitr]
#   behaviour: 1
#   since: 0.1.0
#   sources: [terraform, plan, cloudformation, aws]
#   classes: [table]
#   obligations: [backup]
#   remediation:
#     terraform: >-
#       Add point_in_time_recovery { enabled = true } to aws_dynamodb_table.
#     aws: >-
#       aws dynamodb update-continuous-backups --point-in-time-recovery-specification
#       PointInTimeRecoveryEnabled=true
package probity.rules.backup.point_in_time_recovery

violation contains {"fact": "resilience.point_in_time"} if input.resilience.point_in_time == false
