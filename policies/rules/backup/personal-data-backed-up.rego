# METADATA
# title: Personal data survives a mistake
# description: >-
#   Personal data was found, and the store has no backup, no continuous backup and no older versions. What is
#   deleted or damaged by mistake or by an attack is gone for good, and people have a right that it is there.
# related_resources:
# - ref: https://eur-lex.europa.eu/eli/reg/2016/679/oj
# custom:
#   id: personal-data-backed-up
#   message: "{name} holds personal data and has no backup"
#   severity: high
#   because: >-
#     Loss is a breach too: availability and being able to restore it in time are asked for by law.
#   checks: [priv-no-backup-of-record-system]
#   behaviour: 2
#   since: 0.1.0
#   sources: [terraform, plan, cloudformation, aws]
#   classes: [bucket, database, table, warehouse, filesystem]
#   obligations: [backup, resilience]
#   general: true
#   remediation:
#     terraform: >-
#       Set backup_retention_period, point_in_time_recovery or aws_s3_bucket_versioning, or take the store into
#       an aws_backup_selection.
#     any: >-
#       Make backups, and try to restore one.
package probity.rules.backup.personal_data_backed_up

import data.probity.lib.personal

violation contains {"fact": "resilience.backup_days"} if {
	input.class in {"database", "warehouse", "filesystem"}
	input.resilience.backup_days == 0
	input.labels[_].category in personal.categories
}

violation contains {"fact": "resilience.point_in_time"} if {
	input.class == "table"
	input.resilience.point_in_time == false
	not input.resilience.backup_days > 0
	input.labels[_].category in personal.categories
}

violation contains {"fact": "resilience.versioning"} if {
	input.class == "bucket"
	input.resilience.versioning == false
	not input.resilience.backup_days > 0
	input.labels[_].category in personal.categories
}
