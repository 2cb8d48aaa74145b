# METADATA
# title: Backups do not outlive the declared time
# description: >-
#   Backups are kept longer than the activity declares its data to be kept, so data that was deleted in
#   time lives on in them.
# related_resources:
# - ref: https://eur-lex.europa.eu/eli/reg/2016/679/oj
# - ref: https://www.cnil.fr/en/sheet-ndeg14-define-data-retention-period
# custom:
#   id: backup-outlives-retention
#   message: "{name} keeps backups longer than activity {element} keeps its data"
#   severity: medium
#   because: >-
#     What was erased lives on where few look for it.
#   behaviour: 1
#   since: 0.1.0
#   sources: [terraform, plan, cloudformation, aws]
#   classes: [database, table]
#   obligations: [storage-limitation, erasure]
#   checks: [priv-backup-outlives-retention]
#   remediation:
#     any: >-
#       Keep backups for no longer than the data, or declare the time until the last backup is gone as
#       part of the retention.
#     terraform: >-
#       Lower backup_retention_period.
package probity.rules.retention.backup_outlives_retention

violation contains {"fact": "resilience.backup_days", "element": activity.id} if {
	some activity in input.activities
	activity.legal_hold == false
	input.resilience.backup_days > activity.retention_days
}
