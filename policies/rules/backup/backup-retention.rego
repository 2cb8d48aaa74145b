# METADATA
# title: Backups reach back a week
# description: >-
#   Automatic backups are off or kept for less than seven days. Damage by a mistake or by ransomware is
#   often noticed after days, when the last good copy is already gone.
# related_resources:
# - ref: https://eur-lex.europa.eu/eli/reg/2016/679/oj
# - ref: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_WorkingWithAutomatedBackups.html
# custom:
#   id: backup-retention
#   message: "{name} keeps its backups for {value} days, less than 7"
#   severity: medium
#   because: Data is lost only when something else goes wrong; then it is lost for good.
#   checks:
#   - rds-backup-retention
#   - documentdb-backup-retention
#   - neptune-backup-retention
#   - redshift-snapshots-kept
#   - efs-backup
#   - fsx-backup-retention
#   behaviour: 1
#   since: 0.1.0
#   sources: [terraform, plan, cloudformation, aws]
#   classes: [database, warehouse, filesystem]
#   obligations: [backup]
#   remediation:
#     terraform: >-
#       Set backup_retention_period to 7 or more on aws_db_instance or aws_rds_cluster.
#     aws: >-
#       aws rds modify-db-instance --backup-retention-period 7 (or modify-db-cluster).
#     any: >-
#       Keep daily backups for at least a week, and try to restore one.
package probity.rules.backup.backup_retention

violation contains {"fact": "resilience.backup_days"} if input.resilience.backup_days < 7
