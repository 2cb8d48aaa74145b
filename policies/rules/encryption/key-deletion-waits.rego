# METADATA
# title: Keys wait two weeks before they are deleted
# description: >-
#   Between the wish to delete the key and its deletion there are fewer than 14 days. A mistake, or malice
#   in the holidays, is noticed when all that it encrypts is lost.
# related_resources:
# - ref: https://docs.aws.amazon.com/kms/latest/developerguide/deleting-keys.html
# custom:
#   id: key-deletion-waits
#   message: "{name} would be gone {value} days after somebody asks to delete it, fewer than 14"
#   severity: low
#   because: >-
#     It matters only once somebody deletes the key.
#   behaviour: 1
#   since: 0.1.0
#   sources: [terraform, plan, cloudformation]
#   classes: [key]
#   kinds: [aws.kms.key]
#   obligations: [key-management, resilience]
#   checks: [kms-deletion-window]
#   remediation:
#     terraform: >-
#       Set deletion_window_in_days of aws_kms_key to 14 or more.
#     cloudformation: >-
#       Set PendingWindowInDays of AWS::KMS::Key to 14 or more.
package probity.rules.encryption.key_deletion_waits

violation contains {"fact": "settings.deletion_days"} if input.settings.deletion_days < 14
