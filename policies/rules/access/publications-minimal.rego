# METADATA
# title: Publications give away what is needed
# description: >-
#   A publication gives subscribers every table, those to come as well, or all columns of a table with personal
#   data. Their copies hold more than they are for.
# related_resources:
# - ref: https://www.postgresql.org/docs/current/sql-createpublication.html
# - ref: https://www.postgresql.org/docs/current/logical-replication-col-lists.html
# custom:
#   id: publications-minimal
#   message: "the publication {element} gives away all tables of {name}"
#   severity: medium
#   because: >-
#     Subscribers are known and need a login; but nobody chose what they get.
#   behaviour: 1
#   since: 0.2.0
#   sources: [database]
#   classes: [database, table]
#   kinds: [postgres.database, postgres.table]
#   obligations: [data-minimisation, recipient-control]
#   checks: [pg-publication-minimal]
#   general: true
#   remediation:
#     sql: >-
#       ALTER PUBLICATION … SET TABLE visits (id, day, ward), with the columns that are needed, from PostgreSQL 15 on;
#       a view or a table for the purpose before.
package probity.rules.access.publications_minimal

import data.probity.lib.personal

violation contains {"fact": "settings.published_whole", "element": name} if {
	input.kind == "postgres.database"
	some name in input.settings.published_whole
}

violation contains {"fact": "settings.published_whole", "element": name} if {
	input.kind == "postgres.table"
	some name in input.settings.published_whole
	input.labels[_].category in personal.categories
}
