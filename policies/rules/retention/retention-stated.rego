# METADATA
# title: Every store of personal data has a stated time
# description: >-
#   Personal data was found, and neither an activity that the store serves nor a tag says how long it may stay.
#   Nobody can check that it is deleted in time, or tell people who ask.
# related_resources:
# - ref: https://eur-lex.europa.eu/eli/reg/2016/679/oj
# custom:
#   id: retention-stated
#   message: "{name} holds personal data, and nothing says how long it may stay"
#   severity: medium
#   because: >-
#     Nothing is open; but without a time nothing is ever deleted.
#   behaviour: 1
#   since: 0.2.0
#   sources: [terraform, plan, cloudformation, aws]
#   classes: [bucket, database, table, warehouse, filesystem, queue, stream, cache, search, log]
#   obligations: [storage-limitation, record-of-processing]
#   checks: [priv-no-retention-tag]
#   general: true
#   remediation:
#     any: >-
#       Give the activity that the store serves retention_days in probity.yaml, or the store a tag retention with days
#       or a period: 365, P2Y.
package probity.rules.retention.retention_stated

import data.probity.lib.personal

violation contains {"fact": "activities"} if {
	input.labels[_].category in personal.categories
	not stated
}

stated if {
	some activity in input.activities
	activity.retention_days >= 0
}

stated if {
	startswith(input.kind, "aws.")
	some key, value in input.tags
	regex.match(`(?i)^(data[-_: ]?)?retention([-_: ]?(days|period))?$`, key)
	regex.match(`(?i)^([1-9][0-9]*( ?d(ays?)?)?|P([0-9]+[YMWD])+)$`, value)
}
