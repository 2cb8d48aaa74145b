# METADATA
# title: Deleted objects really go
# description: >-
#   The bucket keeps old versions and no rule removes them, so what is deleted or corrected stays for ever
#   and can still be read. An erasure that a person asked for is then not one.
# related_resources:
# - ref: https://eur-lex.europa.eu/eli/reg/2016/679/oj
# - ref: https://docs.aws.amazon.com/AmazonS3/latest/userguide/lifecycle-configuration-examples.html
# custom:
#   id: noncurrent-versions-expire
#   message: "{name} keeps old versions of its objects for ever"
#   severity: low
#   because: >-
#     What was deleted can be read only by those who may read versions.
#   behaviour: 2
#   since: 0.1.0
#   sources: [terraform, plan, cloudformation, aws]
#   classes: [bucket]
#   obligations: [storage-limitation, erasure]
#   checks: [s3-noncurrent-versions-expire]
#   remediation:
#     terraform: >-
#       Add noncurrent_version_expiration to a rule of aws_s3_bucket_lifecycle_configuration.
#     aws: >-
#       aws s3api put-bucket-lifecycle-configuration with a NoncurrentVersionExpiration.
package probity.rules.retention.noncurrent_versions_expire

violation contains {"fact": "retention.rules"} if {
	input.resilience.versioning == true
	not expires
}

expires if {
	some expiry in input.retention.rules
	expiry.noncurrent == true
}
