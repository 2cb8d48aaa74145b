# METADATA
# title: Scripts of named sites only read the bucket
# description: >-
#   Scripts of every site may read the bucket in the name of whoever visits it. A link in a mail is enough
#   to have a reader of the bucket hand over what he may read.
# related_resources:
# - ref: https://docs.aws.amazon.com/AmazonS3/latest/userguide/cors.html
# custom:
#   id: origins-named
#   message: "{name} lets scripts of every site in"
#   severity: medium
#   because: >-
#     It takes a reader who is lured to a site, and objects that browsers are let read at all.
#   behaviour: 1
#   since: 0.1.0
#   sources: [terraform, plan, cloudformation, aws]
#   classes: [bucket]
#   kinds: [aws.s3.bucket]
#   obligations: [secure-defaults, network-boundary]
#   checks: [s3-cors-not-wildcard]
#   remediation:
#     terraform: >-
#       Name the sites in allowed_origins of aws_s3_bucket_cors_configuration.
#     aws: >-
#       aws s3api put-bucket-cors with the sites in AllowedOrigins.
package probity.rules.exposure.origins_named

violation contains {"fact": "settings.cors_origins", "element": one} if {
	some one in input.settings.cors_origins
	one == "*"
}
