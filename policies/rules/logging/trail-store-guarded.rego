# METADATA
# title: The bucket of a trail is closed, watched and locked
# description: >-
#   The bucket that a trail writes to is open to everybody, its own reads leave no trace, or its files can
#   be deleted. The record of who did what is then read by strangers, or cleaned up by whoever broke in.
# related_resources:
# - ref: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/best-practices-security.html
# custom:
#   id: trail-store-guarded
#   message: "the bucket of {name} is not guarded"
#   messages:
#     audit.sink.public: "anyone reaches the bucket in which {name} keeps its events"
#     audit.sink.access_logged: "nobody records who reads the bucket in which {name} keeps its events"
#     audit.sink.locked: "events in the bucket of {name} can be deleted: it has no object lock, and asks for no second factor"
#   severity: high
#   because: >-
#     Whoever gets at the record knows how the house is built, or wipes out their traces.
#   behaviour: 1
#   since: 0.1.0
#   sources: [terraform, plan, cloudformation, aws]
#   classes: [log]
#   kinds: [aws.cloudtrail.trail]
#   obligations: [log-protection, integrity, no-public-access]
#   checks: [cloudtrail-bucket-protected]
#   remediation:
#     terraform: >-
#       Give the bucket of the trail aws_s3_bucket_public_access_block, aws_s3_bucket_logging and
#       aws_s3_bucket_object_lock_configuration.
#     aws: >-
#       aws s3api put-public-access-block, put-bucket-logging and put-object-lock-configuration for the
#       bucket of the trail.
package probity.rules.logging.trail_store_guarded

violation contains {"fact": "audit.sink.public"} if input.audit.sink.public == true

violation contains {"fact": "audit.sink.access_logged"} if input.audit.sink.access_logged == false

violation contains {"fact": "audit.sink.locked"} if input.audit.sink.locked == false
