# METADATA
# title: The bucket refuses old TLS by its own policy
# description: >-
#   No statement of the policy refuses requests over TLS older than 1.2. Old versions can be read or
#   changed on the way.
# related_resources:
# - ref: https://docs.aws.amazon.com/AmazonS3/latest/userguide/amazon-s3-policy-keys.html
# custom:
#   id: bucket-refuses-old-tls
#   message: "{name} does not refuse TLS older than 1.2"
#   severity: low
#   because: >-
#     S3 itself takes TLS 1.2 and newer alone since 2024; auditors and other ways in may still ask for
#     the statement.
#   behaviour: 1
#   since: 0.1.0
#   sources: [terraform, plan, cloudformation, aws]
#   classes: [bucket]
#   kinds: [aws.s3.bucket]
#   obligations: [encryption-in-transit]
#   checks: [s3-tls-minimum-version]
#   remediation:
#     terraform: >-
#       Deny s3:* on the bucket and its objects with NumericLessThan s3:TlsVersion = 1.2 in
#       aws_s3_bucket_policy.
#     aws: >-
#       aws s3api put-bucket-policy with the same statement
package probity.rules.encryption.bucket_refuses_old_tls

violation contains {"fact": "settings.refuses_old_tls"} if input.settings.refuses_old_tls == false
