# METADATA
# title: New volumes are encrypted by default
# description: >-
#   The account does not encrypt new volumes and copies of snapshots unless each is told to. One forgotten
#   setting leaves a disk of clear data.
# related_resources:
# - ref: https://docs.aws.amazon.com/ebs/latest/userguide/encryption-by-default.html
# custom:
#   id: volumes-encrypted-by-default
#   message: "{name} does not encrypt new volumes by default"
#   severity: medium
#   because: Volumes that are told to be encrypted are; it is the forgotten one that this catches.
#   checks: [ebs-default-encryption]
#   behaviour: 1
#   since: 0.1.0
#   sources: [terraform, plan, aws]
#   classes: [account]
#   kinds: [aws.account]
#   obligations: [encryption-at-rest, secure-defaults]
#   remediation:
#     terraform: >-
#       Add aws_ebs_encryption_by_default with enabled = true, in each region that is used.
#     aws: >-
#       aws ec2 enable-ebs-encryption-by-default, in each region that is used.
package probity.rules.encryption.volumes_encrypted_by_default

violation contains {"fact": "settings.ebs_encryption"} if input.settings.ebs_encryption == false
