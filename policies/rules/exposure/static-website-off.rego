# METADATA
# title: Buckets are not served as websites
# description: >-
#   The bucket answers as a website, over plain HTTP and without any sign-in. What is put into it by
#   mistake is readable by everyone, and found by search engines.
# related_resources:
# - ref: https://docs.aws.amazon.com/AmazonS3/latest/userguide/WebsiteHosting.html
# custom:
#   id: static-website-off
#   message: "{name} is served as a website without encryption"
#   severity: medium
#   because: >-
#     What is public on purpose is meant to be read; it travels in the clear and can be changed on the way.
#   behaviour: 1
#   since: 0.1.0
#   sources: [terraform, plan, cloudformation, aws]
#   classes: [bucket]
#   kinds: [aws.s3.bucket]
#   obligations: [secure-defaults, encryption-in-transit]
#   checks: [s3-static-website-off]
#   remediation:
#     terraform: >-
#       Remove aws_s3_bucket_website_configuration and put an aws_cloudfront_distribution with an
#       origin access control before the bucket.
#     aws: >-
#       aws s3api delete-bucket-website, and serve public files from a distribution over HTTPS.
package probity.rules.exposure.static_website_off

violation contains {"fact": "settings.website"} if input.settings.website == true
