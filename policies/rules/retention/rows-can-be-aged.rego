# METADATA
# title: Rows about people have a date to delete them by
# description: >-
#   The table holds personal data and no column that tells how old a row is. Nobody can delete what is over its
#   time, because nothing says which rows are.
# related_resources:
# - ref: https://eur-lex.europa.eu/eli/reg/2016/679/oj
# custom:
#   id: rows-can-be-aged
#   message: "{name} holds personal data, and no column tells how old its rows are"
#   severity: low
#   because: >-
#     Nothing is open; rows stay because nobody can tell which to delete.
#   behaviour: 1
#   since: 0.2.0
#   sources: [database]
#   classes: [table]
#   kinds: [postgres.table, mysql.table, sqlite.table, redshift.table]
#   obligations: [storage-limitation, erasure]
#   checks: [db-no-retention-column]
#   general: true
#   remediation:
#     sql: >-
#       ALTER TABLE … ADD COLUMN created_at timestamptz NOT NULL DEFAULT now(), or the day on which the purpose ended,
#       and a job that deletes by it.
package probity.rules.retention.rows_can_be_aged

import data.probity.lib.personal

violation contains {"fact": "settings.columns"} if {
	input.settings.columns
	input.labels[_].category in personal.categories
	not dated
}

dated if {
	some column in input.settings.columns
	timed(column)
	not of_birth(column.name)
}

# A type that holds a day or a moment, or a name that says so, of a number or a text.
timed(column) if regex.match(`(?i)^(date|timestamp|datetime)`, column.type)

timed(column) if regex.match(`(?i)(^|_)(created|updated|modified|inserted|deleted|ended|expires?|valid_until|last_seen|date|day|datetime|timestamp)(_|$)`, column.name)

timed(column) if regex.match(`[a-z](At|On|Date|Time)$`, column.name)

# When somebody was born tells nothing of the row.
of_birth(name) if regex.match(`(?i)birth|dob|geburt|naissance|nacimiento|nascita|geboorte`, name)

of_birth(name) if {
	some label in input.labels
	label.detector == "date-of-birth"
	label.on == name
}
