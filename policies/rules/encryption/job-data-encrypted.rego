# METADATA
# title: Jobs encrypt what they write, log and remember
# description: >-
#   The job has no security configuration, or one that leaves out its output in S3, its logs or its bookmarks. All
#   three hold rows of what it reads.
# related_resources:
# - ref: https://docs.aws.amazon.com/glue/latest/dg/encryption-security-configuration.html
# custom:
#   id: job-data-encrypted
#   message: "{name} leaves part of the data of its jobs unencrypted"
#   messages:
#     settings.output_encrypted: "{name} does not encrypt what its jobs write"
#     settings.logs_encrypted: "{name} does not encrypt the logs of its jobs"
#     settings.bookmarks_encrypted: "{name} does not encrypt the bookmarks of its jobs"
#   severity: medium
#   because: What jobs leave behind has other readers than the data they read.
#   checks: [glue-jobs-encrypted]
#   behaviour: 1
#   since: 0.1.0
#   sources: [terraform, plan, cloudformation, aws]
#   classes: [warehouse]
#   kinds: [aws.glue.job]
#   obligations: [encryption-at-rest]
#   remediation:
#     terraform: >-
#       Name an aws_glue_security_configuration in security_configuration, with modes other than DISABLED for
#       S3, CloudWatch and job bookmarks.
#     cloudformation: >-
#       Name an AWS::Glue::SecurityConfiguration with S3Encryptions, CloudWatchEncryption and
#       JobBookmarksEncryption.
#     aws: >-
#       aws glue create-security-configuration, then aws glue update-job with SecurityConfiguration.
package probity.rules.encryption.job_data_encrypted

violation contains {"fact": "settings.output_encrypted"} if input.settings.output_encrypted == false

violation contains {"fact": "settings.logs_encrypted"} if input.settings.logs_encrypted == false

violation contains {"fact": "settings.bookmarks_encrypted"} if input.settings.bookmarks_encrypted == false
