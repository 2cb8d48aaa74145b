# METADATA
# title: Plans delete the backups that they make
# description: >-
#   A rule of the plan says no time after which backups are deleted, so they are kept for ever. Erased data lives on
#   in them, and nobody can say for how long.
# related_resources:
# - ref: https://docs.aws.amazon.com/aws-backup/latest/devguide/plan-options-and-configuration.html
# custom:
#   id: backup-plan-expires
#   message: "{name} makes backups that nothing deletes"
#   severity: medium
#   because: The data is still guarded; but no erasure ever becomes complete.
#   checks: [backup-rule-expires]
#   behaviour: 1
#   since: 0.1.0
#   sources: [terraform, plan, cloudformation, aws]
#   classes: [backup]
#   kinds: [aws.backup.plan]
#   obligations: [storage-limitation, erasure]
#   remediation:
#     terraform: >-
#       Set delete_after in lifecycle of each rule of aws_backup_plan.
#     cloudformation: >-
#       Set Lifecycle.DeleteAfterDays in each BackupPlanRule.
#     aws: >-
#       aws backup update-backup-plan with Lifecycle.DeleteAfterDays in each rule.
package probity.rules.retention.backup_plan_expires

violation contains {"fact": "settings.expires"} if input.settings.expires == false
