# METADATA
# title: No snapshot or image can be shared with everyone
# description: >-
#   The account lets snapshots of volumes or images of machines be shared with every customer of the provider. One
#   wrong word in one call publishes a whole disk.
# related_resources:
# - ref: https://docs.aws.amazon.com/ebs/latest/userguide/block-public-access-snapshots.html
# - ref: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/block-public-access-to-amis.html
# custom:
#   id: public-sharing-blocked
#   message: "{name} does not forbid sharing with everyone"
#   messages:
#     settings.snapshots_private: "{name} lets snapshots of volumes be shared with everyone"
#     settings.images_private: "{name} lets images of machines be shared with everyone"
#   severity: medium
#   because: Somebody must still make the mistake; the switch costs nothing where nobody publishes disks.
#   checks: [ebs-snapshot-public-block, ami-not-public]
#   behaviour: 1
#   since: 0.1.0
#   sources: [terraform, plan, aws]
#   classes: [account]
#   kinds: [aws.account]
#   obligations: [no-public-access, secure-defaults]
#   remediation:
#     terraform: >-
#       Add aws_ebs_snapshot_block_public_access with state = "block-all-sharing" and
#       aws_ec2_image_block_public_access with state = "block-new-sharing", in each region that is used.
#     aws: >-
#       aws ec2 enable-snapshot-block-public-access --state block-all-sharing; aws ec2
#       enable-image-block-public-access --image-block-public-access-state block-new-sharing
package probity.rules.exposure.public_sharing_blocked

violation contains {"fact": "settings.snapshots_private"} if input.settings.snapshots_private == false

violation contains {"fact": "settings.images_private"} if input.settings.images_private == false
