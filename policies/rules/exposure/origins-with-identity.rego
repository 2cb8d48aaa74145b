# METADATA
# title: Distributions show who they are to a bucket
# description: >-
#   The distribution reads the bucket as anybody could, so the bucket has to be open to everybody, and
#   readers can pass by the distribution with its logs, limits and certificates.
# related_resources:
# - ref: https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-restricting-access-to-s3.html
# custom:
#   id: origins-with-identity
#   message: "{name} reads the origin {element} without an identity"
#   severity: medium
#   because: >-
#     It works only where the bucket is open, which is a finding of its own.
#   behaviour: 1
#   since: 0.1.0
#   sources: [terraform, plan, cloudformation]
#   classes: [network]
#   kinds: [aws.cloudfront.distribution]
#   obligations: [no-public-access, network-boundary]
#   checks: [s3-origin-only-via-cdn]
#   remediation:
#     terraform: >-
#       Add aws_cloudfront_origin_access_control, name it in origin_access_control_id, and let the bucket
#       policy name the distribution alone.
#     aws: >-
#       aws cloudfront create-origin-access-control, then update-distribution.
package probity.rules.exposure.origins_with_identity

violation contains {"fact": "settings.open_origins", "element": one} if some one in input.settings.open_origins
