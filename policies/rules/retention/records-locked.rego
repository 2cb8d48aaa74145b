# METADATA
# title: Records that must not change are locked
# description: >-
#   A tag says that what is in the bucket must not change, or its name that it keeps audits or backups, and no lock
#   keeps it from being overwritten or deleted. Whoever has the right to delete can erase the evidence.
# related_resources:
# - ref: https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock.html
# custom:
#   id: records-locked
#   message: "{name} keeps records that must stay ({element}), and no object lock protects them"
#   severity: medium
#   because: >-
#     Somebody promised that the records stand, and it takes one right to break that.
#   checks: [s3-object-lock]
#   behaviour: 3
#   since: 0.1.0
#   sources: [terraform, plan, cloudformation, aws]
#   classes: [bucket]
#   kinds: [aws.s3.bucket]
#   obligations: [integrity, log-protection]
#   remediation:
#     terraform: >-
#       Set object_lock_enabled = true on aws_s3_bucket, and add aws_s3_bucket_object_lock_configuration
#       with default_retention.
#     aws: >-
#       aws s3api put-object-lock-configuration with a DefaultRetention.
package probity.rules.retention.records_locked

violation contains {"fact": "retention.lock_days", "element": key} if {
	some key, value in input.tags
	lower(key) in {"immutable", "worm", "write-once"}
	lower(value) in {"true", "yes"}
	input.retention.lock_days.set == false
}

# Audits and backups are what somebody who was inside would delete. Logs of access go to no bucket with a lock: S3 refuses that.
violation contains {"fact": "retention.lock_days", "element": kept} if {
	some kept in input.settings.named_for
	input.retention.lock_days.set == false
}
