# METADATA
# title: Logs of personal data are closed to strangers
# description: >-
#   The store holds personal data, and the place that its log goes to is open to everybody, to read or to
#   write. Strangers see who read whose data, or write over the record before anybody asks.
# related_resources:
# - ref: https://docs.aws.amazon.com/AmazonS3/latest/userguide/ServerLogs.html
# custom:
#   id: log-of-personal-data-closed
#   message: "{name} holds personal data, and the place of its log is open to everybody"
#   severity: critical
#   because: >-
#     The only evidence of who took whose data is in the hands of whoever took it.
#   behaviour: 1
#   since: 0.1.0
#   sources: [terraform, plan, cloudformation, aws]
#   classes: [bucket, database, warehouse, filesystem, search, stream]
#   obligations: [log-protection, breach-evidence, no-public-access]
#   general: true
#   remediation:
#     terraform: >-
#       Close the bucket that target_bucket names: aws_s3_bucket_public_access_block with all four switches
#       on, and a policy that lets in logging.s3.amazonaws.com alone.
#     aws: >-
#       aws s3api put-public-access-block for the bucket of the log; keep what is in it as evidence.
package probity.rules.logging.log_of_personal_data_closed

import data.probity.lib.personal

violation contains {"fact": "audit.sink.public"} if {
	input.audit.sink.public == true
	input.labels[_].category in personal.categories
}
