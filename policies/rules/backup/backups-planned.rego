# METADATA
# title: Backups are planned wherever data lies
# description: >-
#   A region keeps data and has no plan of backups. What is restored after a mistake or an attack is left to what
#   each store was told by whoever made it.
# related_resources:
# - ref: https://docs.aws.amazon.com/aws-backup/latest/devguide/creating-a-backup-plan.html
# custom:
#   id: backups-planned
#   message: "{name} has no plan of backups in a region that keeps data"
#   severity: low
#   because: >-
#     Stores may have backups of their own, which are judged store by store; a plan catches those that were forgotten.
#   checks: [backup-plan-exists]
#   behaviour: 1
#   since: 0.1.0
#   sources: [aws]
#   classes: [account]
#   kinds: [aws.account]
#   obligations: [backup]
#   remediation:
#     terraform: >-
#       Add aws_backup_plan, and aws_backup_selection that takes stores by a tag.
#     aws: >-
#       aws backup create-backup-plan, then create-backup-selection, in each region that keeps data.
package probity.rules.backup.backups_planned

violation contains {"fact": "settings.backup_plan"} if input.settings.backup_plan == false
