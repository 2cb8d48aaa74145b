# METADATA
# title: Snapshots made by hand are deleted within 400 days
# description: >-
#   The snapshot was made more than 400 days ago, and nothing will ever delete it. It holds everything that was in
#   its source then, what people have had erased since included.
# related_resources:
# - ref: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_DeleteSnapshot.html
# custom:
#   id: snapshot-kept-too-long
#   message: "{name} was made on {value}, more than 400 days ago, and nothing deletes it"
#   severity: medium
#   because: Old snapshots are copies that nobody watches; whoever may restore one has all of it.
#   checks: [rds-snapshot-stale, ebs-snapshot-stale]
#   behaviour: 1
#   since: 0.1.0
#   sources: [aws]
#   classes: [snapshot]
#   kinds:
#   - aws.rds.snapshot
#   - aws.docdb.snapshot
#   - aws.neptune.snapshot
#   - aws.redshift.snapshot
#   - aws.ebs.snapshot
#   - aws.ec2.image
#   obligations: [storage-limitation, erasure]
#   remediation:
#     any: >-
#       Delete the snapshot, or move what must be kept longer into an archive with a time of its own.
#     aws: >-
#       aws rds delete-db-snapshot, aws ec2 delete-snapshot, aws redshift delete-cluster-snapshot
package probity.rules.retention.snapshot_kept_too_long

violation contains {"fact": "lifecycle.created"} if {
	input.settings.automatic == false
	not expires
	time.add_date(time.parse_rfc3339_ns(input.lifecycle.created), 0, 0, longest) < time.parse_rfc3339_ns(input.now)
}

longest := 400 # days: a year and time to look at it

expires if input.retention.rules[_].days > 0
