# METADATA
# title: Nobody outside decides over the keys of personal data
# description: >-
#   The store holds personal data, and somebody outside of the account may delete its key, switch it off or
#   write its policy. Whoever does so holds the data to ransom, or lets themselves read it.
# related_resources:
# - ref: https://docs.aws.amazon.com/kms/latest/developerguide/deleting-keys.html
# - ref: https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-overview.html
# custom:
#   id: key-decided-inside
#   message: "{element} is outside of the account and decides over the key of {name}, which holds personal data"
#   severity: critical
#   because: >-
#     One call from outside takes all of the data away, backups under the same key included.
#   behaviour: 2
#   since: 0.1.0
#   sources: [terraform, plan, cloudformation, aws]
#   classes: [bucket, database, table, warehouse, volume, filesystem, snapshot, backup, queue, stream, topic, search, log, secret]
#   obligations: [key-management, recipient-control, resilience]
#   general: true
#   remediation:
#     terraform: >-
#       Leave kms:ScheduleKeyDeletion, kms:DisableKey and kms:PutKeyPolicy out of statements for others in
#       the policy of aws_kms_key.
#     aws: >-
#       aws kms put-key-policy without these actions for principals of other accounts.
package probity.rules.encryption.key_decided_inside

import data.probity.lib.personal
import data.probity.lib.trust

violation contains {"fact": "encryption.key_deciders", "element": "everyone"} if {
	"*" in input.encryption.key_deciders
	holds
}

violation contains {"fact": "encryption.key_deciders", "element": who} if {
	some who in input.encryption.key_deciders
	who != "*"
	not trust.trusted(who)
	holds
}

holds if input.labels[_].category in personal.categories
