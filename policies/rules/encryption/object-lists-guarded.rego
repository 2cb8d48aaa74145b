# METADATA
# title: Lists of objects are encrypted and stay with known accounts
# description: >-
#   S3 writes lists of the bucket's objects without being told a key, or to a bucket of an account that
#   nobody declared as trusted. Names of objects often hold names of people.
# related_resources:
# - ref: https://docs.aws.amazon.com/AmazonS3/latest/userguide/configure-inventory.html
# custom:
#   id: object-lists-guarded
#   message: "{name} writes lists of its objects where they are not guarded"
#   messages:
#     settings.clear_inventories: "the inventory {element} of {name}, a list of its objects, is written without encryption"
#     settings.inventory_accounts: "{name} writes lists of its objects to account {element}, which is not trusted"
#   severity: low
#   because: >-
#     The lists hold names and sizes, not the objects.
#   behaviour: 2
#   since: 0.1.0
#   sources: [terraform, plan, aws]
#   classes: [bucket]
#   kinds: [aws.s3.bucket]
#   obligations: [encryption-at-rest, recipient-control]
#   checks: [s3-inventory-report-encrypted]
#   remediation:
#     terraform: >-
#       Add encryption with sse_kms to destination.bucket of aws_s3_bucket_inventory, and name a
#       trusted account in account_id.
#     aws: >-
#       aws s3api put-bucket-inventory-configuration with Encryption and AccountId
package probity.rules.encryption.object_lists_guarded

import data.probity.lib.trust

violation contains {"fact": "settings.clear_inventories", "element": bucket} if some bucket in input.settings.clear_inventories

violation contains {"fact": "settings.inventory_accounts", "element": account} if {
	some account in input.settings.inventory_accounts
	account != input.scope.account
	not trust.trusted(account)
}
