# METADATA
# title: Nobody can make the bucket public by accident
# description: >-
#   Not all four switches of the public access block are on, so one edit of a policy or of a grant can
#   publish the bucket. With them on, such an edit is refused or has no effect.
# related_resources:
# - ref: https://eur-lex.europa.eu/eli/reg/2016/679/oj
# - ref: https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html
# custom:
#   id: public-access-blocked
#   message: "{name} does not block public access in full"
#   severity: medium
#   because: >-
#     It is the net below the rope: nothing is open yet, and one mistake is enough.
#   behaviour: 1
#   since: 0.1.0
#   sources: [terraform, plan, cloudformation, aws]
#   classes: [bucket]
#   obligations: [no-public-access, secure-defaults]
#   checks: [s3-bucket-public-access-blocked, s3-access-point-public-blocked, s3-mrap-public-blocked]
#   remediation:
#     terraform: >-
#       Add aws_s3_bucket_public_access_block with block_public_acls, ignore_public_acls,
#       block_public_policy and restrict_public_buckets all true.
#     aws: >-
#       aws s3api put-public-access-block --public-access-block-configuration
#       BlockPublicAcls=true,IgnorePublicAcls=true,BlockPublicPolicy=true,RestrictPublicBuckets=true
package probity.rules.exposure.public_access_blocked

violation contains {"fact": "exposure.declared.blocks"} if input.exposure.declared.blocks.block_acls == false

violation contains {"fact": "exposure.declared.blocks"} if input.exposure.declared.blocks.ignore_acls == false

violation contains {"fact": "exposure.declared.blocks"} if input.exposure.declared.blocks.block_policies == false

violation contains {"fact": "exposure.declared.blocks"} if input.exposure.declared.blocks.restrict_public == false
