# METADATA
# title: Nobody encrypts objects with a key of their own
# description: >-
#   The bucket takes objects that are encrypted with a key which the uploader keeps (SSE-C). Extortionists
#   overwrite objects so, and nobody can read them again without paying.
# related_resources:
# - ref: https://docs.aws.amazon.com/AmazonS3/latest/userguide/ServerSideEncryptionCustomerKeys.html
# custom:
#   id: foreign-keys-refused
#   message: "{name} takes objects under keys that S3 does not keep"
#   severity: medium
#   because: >-
#     All objects can be lost at once, by somebody who already may write.
#   behaviour: 1
#   since: 0.1.0
#   sources: [terraform, plan, cloudformation, aws]
#   classes: [bucket]
#   kinds: [aws.s3.bucket]
#   obligations: [key-management, integrity]
#   checks: [s3-sse-c-blocked]
#   remediation:
#     terraform: >-
#       Set blocked_encryption_types = ["SSE-C"] in the rule of
#       aws_s3_bucket_server_side_encryption_configuration.
#     aws: >-
#       aws s3api put-bucket-encryption with BlockedEncryptionTypes of SSE-C.
package probity.rules.encryption.foreign_keys_refused

violation contains {"fact": "settings.customer_keys_blocked"} if input.settings.customer_keys_blocked == false
