# METADATA
# title: Copies of personal data end by themselves
# description: >-
#   The snapshot or recovery point holds personal data, and nothing will ever delete it. What is erased in the store
#   stays in it.
# related_resources:
# - ref: https://eur-lex.europa.eu/eli/reg/2016/679/oj
# custom:
#   id: personal-backup-ends
#   message: "{name} is a backup of personal data, and nothing deletes it"
#   severity: high
#   because: Each such copy defeats every erasure made after it, and none of them is in a plan.
#   checks: [priv-personal-data-backup-without-expiry]
#   behaviour: 1
#   since: 0.1.0
#   sources: [terraform, plan]
#   classes: [snapshot, backup]
#   kinds:
#   - aws.rds.snapshot
#   - aws.docdb.snapshot
#   - aws.neptune.snapshot
#   - aws.redshift.snapshot
#   - aws.ebs.snapshot
#   - aws.ec2.image
#   - aws.backup.recovery_point
#   obligations: [storage-limitation, erasure]
#   general: true
#   remediation:
#     any: >-
#       Delete the copy when it is no longer needed; make backups by a plan that deletes them.
#     terraform: >-
#       Use a plan (aws_backup_plan with lifecycle.delete_after) in place of a snapshot made by hand.
#     aws: >-
#       aws backup update-recovery-point-lifecycle --lifecycle DeleteAfterDays=…
package probity.rules.retention.personal_backup_ends

import data.probity.lib.personal

violation contains {"fact": "retention.rules"} if {
	input.labels[_].category in personal.categories
	not expires
}

expires if input.retention.rules[_].days > 0
