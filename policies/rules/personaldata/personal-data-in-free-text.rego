# METADATA
# title: Free text does not gather what identifies people
# description: >-
#   One column holds several kinds of personal data in clear: free text in which people write down
#   whatever they hear. Nobody decided to keep that, and no purpose bounds it.
# related_resources:
# - ref: https://eur-lex.europa.eu/eli/reg/2016/679/oj
# custom:
#   id: personal-data-in-free-text
#   message: "{element} in {name} gathers several kinds of personal data in free text"
#   severity: medium
#   because: >-
#     Nobody searches, corrects or deletes what stands between the lines.
#   behaviour: 1
#   since: 0.2.0
#   sources: [database]
#   classes: [table]
#   obligations: [data-minimisation, special-category-protection]
#   checks: [db-personal-data-in-free-text]
#   general: true
#   remediation:
#     sql: >-
#       Redact on writing; give what is needed a column of its own, and delete old notes.
package probity.rules.personaldata.personal_data_in_free_text

import data.probity.lib.personal

violation contains {"fact": "labels", "element": column} if {
	some label in input.labels
	column := label.on
	count({other.category |
		some other in input.labels
		other.on == column
		other.protection == "clear"
		other.category in personal.categories
	}) > 1
}
