# METADATA
# title: Few accounts read personal data
# description: >-
#   More than ten accounts of the database read the table or a view over it. Each of them is a way to all
#   that it holds, and nobody looks after so many.
# related_resources:
# - ref: https://eur-lex.europa.eu/eli/reg/2016/679/oj
# custom:
#   id: few-readers-of-personal-data
#   message: "more than ten accounts read personal data in {name}"
#   severity: medium
#   because: >-
#     Each account more is a way more, and none of them is open to strangers yet.
#   behaviour: 1
#   since: 0.2.0
#   sources: [database]
#   classes: [table]
#   kinds: [postgres.table, mysql.table]
#   obligations: [least-privilege, data-minimisation]
#   checks: [db-wide-read-on-personal-tables]
#   general: true
#   remediation:
#     sql: >-
#       REVOKE SELECT ON the table from roles that need other columns or sums alone, and give them a
#       view; grant by role rather than by account, and empty the roles.
package probity.rules.access.few_readers_of_personal_data

import data.probity.lib.personal

violation contains {"fact": "access.readers"} if {
	count({reader.principal | some reader in input.access.readers}) > 10
	input.labels[_].category in personal.categories
}
