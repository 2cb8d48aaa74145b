# METADATA
# title: Versions are deleted with a second factor only
# description: >-
#   Whoever holds a key of the account can delete the versions of objects for good. With a second factor a
#   stolen key is not enough.
# related_resources:
# - ref: https://docs.aws.amazon.com/AmazonS3/latest/userguide/MultiFactorAuthenticationDelete.html
# custom:
#   id: mfa-delete
#   message: "{name} lets versions be deleted without a second factor"
#   severity: low
#   because: >-
#     It is one more step for a thief who already has a key that may delete, and only the root user can set
#     it.
#   behaviour: 2
#   since: 0.1.0
#   sources: [terraform, plan, aws]
#   classes: [bucket]
#   kinds: [aws.s3.bucket]
#   obligations: [backup, integrity]
#   checks: [s3-mfa-delete]
#   remediation:
#     terraform: >-
#       Set mfa_delete = "Enabled" in versioning_configuration of aws_s3_bucket_versioning, with mfa of the
#       root user.
#     aws: >-
#       aws s3api put-bucket-versioning --versioning-configuration Status=Enabled,MFADelete=Enabled --mfa,
#       as the root user.
package probity.rules.backup.mfa_delete

violation contains {"fact": "settings.mfa_delete"} if input.settings.mfa_delete == false
