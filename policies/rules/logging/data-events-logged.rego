# METADATA
# title: Reads of personal tables are recorded
# description: >-
#   The table holds personal data and no trail records who reads it. After a leak nobody could say whose
#   data was taken.
# related_resources:
# - ref: https://eur-lex.europa.eu/eli/reg/2016/679/oj
# - ref: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/logging-using-cloudtrail.html
# custom:
#   id: data-events-logged
#   message: "{name} holds personal data and no trail records reads of it"
#   severity: medium
#   checks: [dynamodb-data-events]
#   because: >-
#     It keeps nobody out; without it all people in the table must be told after a leak.
#   behaviour: 1
#   since: 0.1.0
#   sources: [terraform, plan, cloudformation, aws]
#   classes: [table]
#   obligations: [audit-logging, breach-evidence]
#   general: true
#   remediation:
#     terraform: >-
#       Add an event selector with a data resource of type AWS::DynamoDB::Table to aws_cloudtrail.
#     aws: >-
#       aws cloudtrail put-event-selectors with a data resource of type AWS::DynamoDB::Table.
package probity.rules.logging.data_events_logged

import data.probity.lib.personal

violation contains {"fact": "audit.data_events"} if {
	input.audit.data_events == false
	input.labels[_].category in personal.categories
}
