# METADATA
# title: Messages about people do not wait for long
# description: >-
#   Messages hold personal data and stay in the queue or stream for longer than four days. Dead
#   letters outlive what they were sent for, are copied into tickets, and no request for erasure
#   finds them.
# related_resources:
# - ref: https://eur-lex.europa.eu/eli/reg/2016/679/oj
# - ref: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-data-protection.html
# custom:
#   id: personal-data-waits-in-queues
#   message: "{name} keeps messages with personal data for longer than four days"
#   severity: medium
#   because: >-
#     The queue is guarded as such; the data stays longer than it has to.
#   behaviour: 1
#   since: 0.2.0
#   sources: [terraform, plan, cloudformation, aws]
#   classes: [queue, stream]
#   obligations: [storage-limitation, data-minimisation]
#   checks: [priv-personal-data-in-queue, sqs-dead-letter-retention-bounded]
#   general: true
#   remediation:
#     terraform: >-
#       Set message_retention_seconds of aws_sqs_queue to 345600 or less, retention_period of
#       aws_kinesis_stream to 96 or less.
#     any: >-
#       Send a reference in place of the data, and shorten how long messages are kept.
package probity.rules.personaldata.personal_data_waits_in_queues

import data.probity.lib.personal

longest := 4 # days, as SQS keeps messages where nobody says otherwise

violation contains {"fact": "retention.rules"} if {
	some expiry in input.retention.rules
	expiry.days > longest
	input.labels[_].category in personal.categories
}
