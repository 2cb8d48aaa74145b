# METADATA
# title: A trail records reads and writes of objects
# description: >-
#   No trail records who reads, writes or deletes objects of the bucket. Access logs, where there are any,
#   come late and may leave entries out.
# related_resources:
# - ref: https://docs.aws.amazon.com/AmazonS3/latest/userguide/cloudtrail-logging-s3-info.html
# custom:
#   id: object-events-recorded
#   message: "{name} has no trail of reads and writes"
#   severity: low
#   because: >-
#     It keeps nobody out, costs money for each call, and access logs tell much of the same.
#   behaviour: 1
#   since: 0.1.0
#   sources: [terraform, plan, cloudformation, aws]
#   classes: [bucket]
#   kinds: [aws.s3.bucket]
#   obligations: [audit-logging, breach-evidence]
#   checks: [s3-data-events-read, s3-data-events-write]
#   remediation:
#     terraform: >-
#       Add an event selector with a data resource of type AWS::S3::Object to aws_cloudtrail.
#     aws: >-
#       aws cloudtrail put-event-selectors with a data resource of type AWS::S3::Object.
package probity.rules.logging.object_events_recorded

violation contains {"fact": "audit.data_events"} if input.audit.data_events == false
