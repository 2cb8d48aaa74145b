# METADATA
# title: Automatic backups outlive the database
# description: >-
#   Who deletes the database deletes its automatic backups in the same call. A mistake, or an attacker with one
#   permission, leaves nothing to restore from but snapshots that somebody made by hand.
# related_resources:
# - ref: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_WorkingWithAutomatedBackups.Retaining.html
# custom:
#   id: backups-outlive-the-database
#   message: "whoever deletes {name} deletes its automatic backups with it"
#   severity: low
#   because: >-
#     Deletion must happen first; a last snapshot and plans of AWS Backup stay.
#   behaviour: 2
#   since: 0.2.0
#   sources: [terraform, plan, cloudformation]
#   classes: [database]
#   kinds: [aws.rds.instance, aws.rds.cluster]
#   obligations: [backup, resilience]
#   checks: [rds-automated-backups-survive-deletion]
#   remediation:
#     terraform: >-
#       Set delete_automated_backups = false.
#     cloudformation: >-
#       Set DeleteAutomatedBackups: false.
#     aws: >-
#       aws rds delete-db-instance --no-delete-automated-backups, in the procedure for deleting.
package probity.rules.backup.backups_outlive_the_database

violation contains {"fact": "settings.backups_survive"} if input.settings.backups_survive == false
