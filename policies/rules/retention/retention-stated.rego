# METADATA
# title: Every store of personal data has a stated time
# description: >-
#   Personal data was found, and neither an activity that the store serves nor a tag or remark says how long it may stay.
#   Nobody can check that it is deleted in time, or tell people who ask.
# related_resources:
# - ref: https://eur-lex.europa.eu/eli/reg/2016/679/oj
# custom:
#   id: retention-stated
#   message: "{name} holds personal data, and nothing says how long it may stay"
#   severity: medium
#   because: >-
#     Nothing is open; but without a time nothing is ever deleted.
#   behaviour: 2
#   since: 0.2.0
#   sources: [terraform, plan, cloudformation, aws, database]
#   classes: [bucket, database, table, warehouse, filesystem, queue, stream, cache, search, log]
#   obligations: [storage-limitation, record-of-processing]
#   checks: [priv-no-retention-tag]
#   general: true
#   remediation:
#     any: >-
#       Give the activity that the store serves retention_days in probity.yaml, or the store a tag retention with days
#       or a period: 365, P2Y, 7 years. A name may carry the unit: retention_in_days.
#     sql: >-
#       COMMENT ON TABLE … IS 'retention_in_days: 365', or ALTER TABLE … COMMENT = '…', and a job that deletes by it.
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

# A tag of a store in the cloud, or a remark on a table.
stated if {
	told
	input.retention.stated_days.set
}

told if startswith(input.kind, "aws.")

told if input.kind in {"postgres.table", "mysql.table"}
