# METADATA
# title: Something deletes objects at some time
# description: >-
#   No rule of the bucket deletes or moves objects, whatever their age. Buckets only grow so, and nobody
#   knows after years what is in them and who it concerns.
# related_resources:
# - ref: https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lifecycle-mgmt.html
# custom:
#   id: objects-expire
#   message: "{name} has no rule that deletes old objects"
#   severity: low
#   because: >-
#     Nothing is wrong yet; personal data that stays is a finding of its own.
#   checks: [s3-directory-bucket-lifecycle, s3-lifecycle-present]
#   behaviour: 1
#   since: 0.1.0
#   sources: [terraform, plan, cloudformation, aws]
#   classes: [bucket]
#   obligations: [storage-limitation]
#   remediation:
#     terraform: >-
#       Add aws_s3_bucket_lifecycle_configuration with an expiration.
#     aws: >-
#       aws s3api put-bucket-lifecycle-configuration with an Expiration.
package probity.rules.retention.objects_expire

violation contains {"fact": "retention.rules"} if not expires

expires if {
	some expiry in input.retention.rules
	expiry.noncurrent == false
}
