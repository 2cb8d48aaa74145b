# METADATA
# title: Access is granted by policies alone
# description: >-
#   Access control lists are in force on the bucket, so each object can carry grants of its own, and
#   whoever uploads one may own it. Nobody sees from the policy who can read what.
# related_resources:
# - ref: https://docs.aws.amazon.com/AmazonS3/latest/userguide/about-object-ownership.html
# custom:
#   id: acls-disabled
#   message: "{name} still takes access control lists (object ownership is {value})"
#   severity: low
#   because: >-
#     Lists hide who may read, but open nothing by themselves.
#   behaviour: 1
#   since: 0.1.0
#   sources: [terraform, plan, cloudformation, aws]
#   classes: [bucket]
#   kinds: [aws.s3.bucket]
#   obligations: [least-privilege, secure-defaults]
#   checks: [s3-acls-disabled]
#   remediation:
#     terraform: >-
#       Set object_ownership = "BucketOwnerEnforced" in aws_s3_bucket_ownership_controls.
#     aws: >-
#       aws s3api put-bucket-ownership-controls with ObjectOwnership=BucketOwnerEnforced.
package probity.rules.access.acls_disabled

violation contains {"fact": "settings.ownership"} if input.settings.ownership != "BucketOwnerEnforced"
