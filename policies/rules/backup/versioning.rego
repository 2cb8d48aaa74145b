# METADATA
# title: Overwritten and deleted objects can be restored
# description: >-
#   An object that is overwritten or deleted in this bucket is gone at once. Versions let a mistake or an
#   attack be undone.
# related_resources:
# - ref: https://docs.aws.amazon.com/AmazonS3/latest/userguide/Versioning.html
# custom:
#   id: versioning
#   message: "{name} keeps no versions of its objects"
#   severity: medium
#   because: Data is lost only when something else goes wrong; then it is lost for good.
#   behaviour: 1
#   since: 0.1.0
#   sources: [terraform, plan, cloudformation, aws]
#   classes: [bucket]
#   obligations: [backup, integrity]
#   checks: [s3-versioning]
#   remediation:
#     terraform: >-
#       Add aws_s3_bucket_versioning with status = "Enabled", and a lifecycle rule that expires old
#       versions.
#     aws: >-
#       aws s3api put-bucket-versioning --versioning-configuration Status=Enabled.
package probity.rules.backup.versioning

violation contains {"fact": "resilience.versioning"} if input.resilience.versioning == false
