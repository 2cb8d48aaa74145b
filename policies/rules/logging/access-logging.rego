# METADATA
# title: Somebody could tell who read the bucket
# description: >-
#   Neither access logs nor data events record who reads and writes objects in this bucket. After a leak
#   nobody could say which people are concerned, so everybody must be told.
# related_resources:
# - ref: https://eur-lex.europa.eu/eli/reg/2016/679/oj
# - ref: https://docs.aws.amazon.com/AmazonS3/latest/userguide/logging-with-S3.html
# custom:
#   id: access-logging
#   message: "{name} records no reads and writes"
#   severity: medium
#   because: >-
#     It keeps nobody out; without it nobody can say afterwards whose data was read.
#   behaviour: 1
#   since: 0.1.0
#   sources: [terraform, plan, cloudformation, aws]
#   classes: [bucket]
#   obligations: [audit-logging, breach-evidence]
#   checks: [s3-access-logging]
#   remediation:
#     terraform: >-
#       Add aws_s3_bucket_logging with a target bucket, or an event selector for AWS::S3::Object in
#       aws_cloudtrail.
#     aws: >-
#       aws s3api put-bucket-logging, or aws cloudtrail put-event-selectors with a data resource of
#       type AWS::S3::Object.
package probity.rules.logging.access_logging

violation contains {"fact": "audit.access"} if {
	input.audit.access == false
	input.audit.data_events == false
}
