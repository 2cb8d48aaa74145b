# METADATA
# title: Links to objects end within the hour
# description: >-
#   The bucket holds personal data, and its policy takes requests by signatures of whatever age. A link
#   that somebody signed and sent opens the object for up to a week, to whoever has it.
# related_resources:
# - ref: https://docs.aws.amazon.com/AmazonS3/latest/userguide/amazon-s3-policy-keys.html
# custom:
#   id: signed-links-short
#   message: "{name} takes links that were signed long ago"
#   severity: low
#   because: >-
#     Somebody who may read must have signed and lost the link.
#   behaviour: 1
#   since: 0.1.0
#   sources: [terraform, plan]
#   classes: [bucket]
#   kinds: [aws.s3.bucket]
#   obligations: [least-privilege]
#   checks: [s3-presigned-url-age-limited]
#   general: true
#   remediation:
#     terraform: >-
#       Deny s3:GetObject with NumericGreaterThan s3:signatureAge = 900000 in aws_s3_bucket_policy.
#     aws: >-
#       aws s3api put-bucket-policy with the same statement
package probity.rules.access.signed_links_short

import data.probity.lib.personal

violation contains {"fact": "settings.limits_signatures"} if {
	input.settings.limits_signatures == false
	input.labels[_].category in personal.categories
}
