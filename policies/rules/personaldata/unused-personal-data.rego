# METADATA
# title: Personal data that nobody uses is gone
# description: >-
#   The store holds personal data, and nobody has used it for 90 days. What is not used has most likely lost
#   its purpose, and nobody looks after it.
# related_resources:
# - ref: https://eur-lex.europa.eu/eli/reg/2016/679/oj
# custom:
#   id: unused-personal-data
#   message: "{name} holds personal data that nobody has used for 90 days"
#   severity: medium
#   because: >-
#     It opens nothing; it waits to be forgotten, and then to leak.
#   behaviour: 1
#   since: 0.1.0
#   sources: [aws]
#   classes: [bucket, database, table, warehouse, volume, filesystem, snapshot, queue, stream, cache, search]
#   obligations: [storage-limitation, data-minimisation]
#   checks: [priv-unused-store-with-personal-data]
#   general: true
#   remediation:
#     any: >-
#       Ask its owner what it is for; delete it, or declare the purpose and the period in an activity in
#       probity.yaml.
package probity.rules.personaldata.unused_personal_data

import data.probity.lib.personal

violation contains {"fact": "lifecycle.last_used"} if {
	input.lifecycle.last_used.set == true
	days(input.lifecycle.last_used.value) > 90
	input.labels[_].category in personal.categories
}

days(day) := ((time.parse_rfc3339_ns(input.now) - time.parse_rfc3339_ns(day)) / 1000000000) / 86400
