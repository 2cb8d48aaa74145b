# METADATA
# title: Uploads cannot skip the key of the bucket
# description: >-
#   The bucket has a key of the customer's, and its policy takes objects that are written with another
#   one. Whoever uploads decides then under which key the data rests, and who can read it.
# related_resources:
# - ref: https://docs.aws.amazon.com/AmazonS3/latest/userguide/amazon-s3-policy-keys.html
# custom:
#   id: uploads-name-key
#   message: "{name} takes objects under other keys than its own"
#   severity: low
#   because: >-
#     Most writers name no key and get the bucket's; it takes one that does otherwise.
#   behaviour: 1
#   since: 0.1.0
#   sources: [terraform, plan, cloudformation, aws]
#   classes: [bucket]
#   kinds: [aws.s3.bucket]
#   obligations: [key-management]
#   checks: [s3-policy-enforces-key]
#   remediation:
#     terraform: >-
#       Deny s3:PutObject with StringNotEqualsIfExists on
#       s3:x-amz-server-side-encryption-aws-kms-key-id in aws_s3_bucket_policy.
#     aws: >-
#       aws s3api put-bucket-policy with the same statement
package probity.rules.encryption.uploads_name_key

violation contains {"fact": "settings.demands_key"} if {
	input.encryption.key_manager == "customer-managed"
	input.settings.demands_key == false
}
