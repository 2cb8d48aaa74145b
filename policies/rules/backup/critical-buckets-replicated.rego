# METADATA
# title: Buckets that matter most have a second place
# description: >-
#   A tag calls the bucket critical, and its objects are in one place only. What goes wrong there, by
#   mistake or by malice, takes all of them.
# related_resources:
# - ref: https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication.html
# custom:
#   id: critical-buckets-replicated
#   message: "{name} is tagged {element}, and nothing copies its objects"
#   severity: low
#   because: >-
#     The service keeps objects in several zones as it is; it is the rare case that takes them.
#   behaviour: 1
#   since: 0.1.0
#   sources: [terraform, plan, cloudformation, aws]
#   classes: [bucket]
#   kinds: [aws.s3.bucket]
#   obligations: [resilience, backup]
#   checks: [s3-replication-for-critical]
#   remediation:
#     terraform: >-
#       Add aws_s3_bucket_replication_configuration to a bucket in another account or region where the data
#       may be.
#     aws: >-
#       aws s3api put-bucket-replication
package probity.rules.backup.critical_buckets_replicated

violation contains {"fact": "settings.replicated", "element": key} if {
	some key, value in input.tags
	lower(key) in {"criticality", "critical", "tier"}
	lower(value) in {"high", "critical", "true", "yes", "1"}
	input.settings.replicated == false
}
