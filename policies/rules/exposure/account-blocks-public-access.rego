# METADATA
# title: Nobody in the account can make a bucket public
# description: >-
#   Not all four switches of the account's public access block are on. Each bucket then depends on its
#   own, and one edit of a bucket can publish it.
# related_resources:
# - ref: https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html
# custom:
#   id: account-blocks-public-access
#   message: "{name} does not block public access for all of its buckets"
#   severity: medium
#   because: >-
#     Nothing is open by it; it is the last net, for buckets that somebody made without their own.
#   behaviour: 1
#   since: 0.1.0
#   sources: [terraform, plan, aws]
#   classes: [account]
#   kinds: [aws.account]
#   obligations: [no-public-access, secure-defaults]
#   checks: [s3-account-public-access-blocked]
#   remediation:
#     terraform: >-
#       Add aws_s3_account_public_access_block with block_public_acls, ignore_public_acls,
#       block_public_policy and restrict_public_buckets all true.
#     aws: >-
#       aws s3control put-public-access-block --account-id ID --public-access-block-configuration
#       BlockPublicAcls=true,IgnorePublicAcls=true,BlockPublicPolicy=true,RestrictPublicBuckets=true
package probity.rules.exposure.account_blocks_public_access

violation contains {"fact": "exposure.declared.blocks"} if input.exposure.declared.blocks.block_acls == false

violation contains {"fact": "exposure.declared.blocks"} if input.exposure.declared.blocks.ignore_acls == false

violation contains {"fact": "exposure.declared.blocks"} if input.exposure.declared.blocks.block_policies == false

violation contains {"fact": "exposure.declared.blocks"} if input.exposure.declared.blocks.restrict_public == false
