# METADATA
# title: Stores cannot be deleted by mistake
# description: >-
#   One call or one applied plan can delete the store with all its data. Deletion protection asks for a
#   second, deliberate step.
# related_resources:
# - ref: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_DeleteInstance.html
# - ref: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/WorkingWithTables.Basics.html
# custom:
#   id: deletion-protection
#   message: "{name} can be deleted in one step"
#   severity: medium
#   because: It takes a mistake or an intruder with rights; backups may still be there.
#   checks:
#   - rds-deletion-protection
#   - documentdb-deletion-protection
#   - neptune-deletion-protection
#   - dynamodb-deletion-protection
#   behaviour: 1
#   since: 0.1.0
#   sources: [terraform, plan, cloudformation, aws]
#   classes: [database, table]
#   obligations: [resilience]
#   remediation:
#     terraform: >-
#       Set deletion_protection = true on aws_db_instance or aws_rds_cluster,
#       deletion_protection_enabled = true on aws_dynamodb_table.
#     aws: >-
#       aws rds modify-db-instance --deletion-protection; aws dynamodb update-table
#       --deletion-protection-enabled.
package probity.rules.backup.deletion_protection

violation contains {"fact": "resilience.deletion_protection"} if input.resilience.deletion_protection == false
