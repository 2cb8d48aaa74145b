# METADATA
# title: The key of a store is there to stay
# description: >-
#   The key that encrypts the store is switched off, or waits to be deleted. Without it nobody can read the
#   data any more, its backups included, and a deleted key never comes back.
# related_resources:
# - ref: https://docs.aws.amazon.com/kms/latest/developerguide/deleting-keys.html
# custom:
#   id: key-stays
#   message: "the key of {name} is switched off or waits to be deleted"
#   severity: critical
#   because: >-
#     When the waiting period is over the data is lost for good.
#   behaviour: 1
#   since: 0.1.0
#   sources: [terraform, plan, cloudformation, aws]
#   classes: [bucket, database, table, warehouse, volume, filesystem, snapshot, backup, queue, stream, topic, cache, search, log, secret]
#   obligations: [key-management, resilience]
#   checks: [kms-store-depends-on-dying-key]
#   remediation:
#     terraform: >-
#       Set is_enabled = true on the aws_kms_key.
#     aws: >-
#       aws kms cancel-key-deletion, then aws kms enable-key. To leave the key, encrypt the data with
#       another one first.
package probity.rules.encryption.key_stays

violation contains {"fact": "encryption.key_usable"} if input.encryption.key_usable == false
