# METADATA
# title: Logs of access go to another bucket, which is closed and ends them
# description: >-
#   The bucket writes the log of who reads it into itself, or to a bucket that anyone reaches or that
#   keeps logs for ever. Who may delete objects deletes the traces too, and logs grow by being written.
# related_resources:
# - ref: https://docs.aws.amazon.com/AmazonS3/latest/userguide/ServerLogs.html
# custom:
#   id: access-log-kept-apart
#   message: "{name} keeps its log of access where it is not safe or never ends"
#   messages:
#     settings.logs_to_itself: "{name} writes its log of access into itself"
#     audit.sink.public: "anyone reaches the place where {name} writes its log of access"
#     audit.sink.expires: "nothing deletes old logs where {name} writes its log of access"
#   severity: medium
#   because: >-
#     The log proves who read what after a leak, and holds addresses of people itself.
#   behaviour: 1
#   since: 0.1.0
#   sources: [terraform, plan, cloudformation, aws]
#   classes: [bucket]
#   kinds: [aws.s3.bucket]
#   obligations: [log-protection, storage-limitation]
#   checks: [s3-log-bucket-separate]
#   remediation:
#     terraform: >-
#       Point target_bucket of aws_s3_bucket_logging at a bucket made for logs, with a lifecycle that
#       deletes them and a public access block.
#     aws: >-
#       aws s3api put-bucket-logging with another TargetBucket
package probity.rules.logging.access_log_kept_apart

violation contains {"fact": "settings.logs_to_itself"} if input.settings.logs_to_itself == true

violation contains {"fact": "audit.sink.public"} if {
	input.audit.access == true
	input.audit.sink.public == true
}

violation contains {"fact": "audit.sink.expires"} if {
	input.audit.access == true
	input.settings.logs_to_itself == false
	input.audit.sink.expires == false
}
