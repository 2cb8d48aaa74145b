# METADATA
# title: Each snapshot belongs to a store that is still there
# description: >-
#   The store that this snapshot was made of is gone, and with it whoever looked after it. Its data stays, and
#   nobody has it in a list.
# related_resources:
# - ref: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_DeleteInstance.html
# custom:
#   id: snapshot-of-nothing
#   message: "{name} is a snapshot of something that is gone"
#   severity: medium
#   because: Nobody reviews who may restore it, and no request for erasure finds it.
#   checks: [rds-snapshot-orphaned]
#   behaviour: 1
#   since: 0.1.0
#   sources: [aws]
#   classes: [snapshot]
#   kinds: [aws.rds.snapshot, aws.docdb.snapshot, aws.neptune.snapshot, aws.redshift.snapshot]
#   obligations: [storage-limitation, data-inventory]
#   remediation:
#     any: >-
#       Delete the snapshot, or name an owner and an end for it.
#     aws: >-
#       aws rds delete-db-snapshot (or delete-db-cluster-snapshot)
package probity.rules.retention.snapshot_of_nothing

violation contains {"fact": "settings.source_gone"} if {
	input.settings.source_gone == true
	not expires
}

expires if input.retention.rules[_].days > 0
