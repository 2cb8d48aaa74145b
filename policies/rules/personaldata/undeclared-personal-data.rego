# METADATA
# title: Every store of personal data serves a declared activity
# description: >-
#   Personal data was found and no declared activity names the store, so nobody has said what it is for,
#   who answers for it, or when it is deleted. It is missing from the record of processing too.
# related_resources:
# - ref: https://eur-lex.europa.eu/eli/reg/2016/679/oj
# custom:
#   id: undeclared-personal-data
#   message: "{name} holds personal data and serves no declared activity"
#   severity: medium
#   because: >-
#     Nobody answers for a purpose, a period or a request; by itself it opens nothing.
#   behaviour: 1
#   since: 0.1.0
#   sources: [files]
#   classes: [bucket, table]
#   obligations: [record-of-processing, data-inventory]
#   checks: [priv-no-purpose-tag]
#   general: true
#   remediation:
#     any: >-
#       Add the store to the activity that it serves, under activities in probity.yaml, or delete it
#       if there is none.
package probity.rules.personaldata.undeclared_personal_data

import data.probity.lib.personal

violation contains {"fact": "activities"} if {
	input.labels[_].category in personal.categories
	not declared
}

# An id is asked for, so that what an activity leaves open does not leave its being there open.
declared if {
	some activity in input.activities
	activity.id != ""
}
