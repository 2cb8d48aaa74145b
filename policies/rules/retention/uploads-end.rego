# METADATA
# title: Pieces of broken uploads are deleted
# description: >-
#   No lifecycle rule for the whole bucket deletes the pieces of uploads that nobody completed. They stay for ever, no listing
#   of objects shows them, and no search for personal data finds them.
# related_resources:
# - ref: https://docs.aws.amazon.com/AmazonS3/latest/userguide/mpu-abort-incomplete-mpu-lifecycle-config.html
# custom:
#   id: uploads-end
#   message: "{name} keeps the pieces of broken uploads"
#   severity: low
#   because: >-
#     Only who may list uploads gets at them, and they are parts of files.
#   behaviour: 2
#   since: 0.1.0
#   sources: [terraform, plan, cloudformation, aws]
#   classes: [bucket]
#   kinds: [aws.s3.bucket]
#   obligations: [storage-limitation, erasure]
#   checks: [s3-incomplete-uploads-expire]
#   remediation:
#     terraform: >-
#       Add abort_incomplete_multipart_upload with days_after_initiation = 7 to a rule of
#       aws_s3_bucket_lifecycle_configuration.
#     aws: >-
#       aws s3api put-bucket-lifecycle-configuration with AbortIncompleteMultipartUpload
package probity.rules.retention.uploads_end

violation contains {"fact": "settings.uploads_end"} if input.settings.uploads_end == false
