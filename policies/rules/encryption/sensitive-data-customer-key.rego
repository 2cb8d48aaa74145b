# METADATA
# title: Sensitive data is under a key of your own
# description: >-
#   The store holds health, financial, special-category or children's data under a key that the provider
#   manages. With a customer-managed key, who may decrypt is decided and logged apart from who may read
#   the store, and destroying the key makes every copy unreadable.
# related_resources:
# - ref: https://eur-lex.europa.eu/eli/reg/2016/679/oj
# - ref: https://docs.aws.amazon.com/kms/latest/developerguide/concepts.html
# custom:
#   id: sensitive-data-customer-key
#   message: "{name} holds sensitive data under a key of the provider ({value}), not one of the account"
#   severity: medium
#   because: Data is encrypted; for data of this kind the law expects more than what everybody gets.
#   behaviour: 1
#   since: 0.1.0
#   sources: [terraform, plan, cloudformation, aws]
#   classes: [bucket, database, table, warehouse, volume, filesystem, snapshot, search]
#   obligations: [key-management, special-category-protection]
#   checks: [priv-special-category-no-cmk]
#   remediation:
#     terraform: >-
#       Create an aws_kms_key and name it in kms_key_id, kms_master_key_id or kms_key_arn of the
#       store.
#     aws: >-
#       Create a key (aws kms create-key) and encrypt with it; RDS and EBS need a copy of a snapshot
#       made with --kms-key-id.
package probity.rules.encryption.sensitive_data_customer_key

import data.probity.lib.personal

violation contains {"fact": "encryption.key_manager"} if {
	input.encryption.key_manager in {"provider-owned", "provider-managed"}
	input.labels[_].category in personal.sensitive
}
