# METADATA
# title: Not every account of the database reads personal data
# description: >-
#   A table with personal data, or a view over it, is granted to PUBLIC, or to an account of MySQL without a
#   name: each account of the database reads it, those that are made tomorrow too.
# related_resources:
# - ref: https://www.postgresql.org/docs/current/ddl-priv.html
# - ref: https://mariadb.com/kb/en/grant/#to-public
# custom:
#   id: public-grants-on-personal-data
#   message: "{name} holds personal data that every account of the database reads"
#   severity: high
#   because: >-
#     Every account of the database reads the people, those of forgotten applications too.
#   behaviour: 1
#   since: 0.2.0
#   sources: [database]
#   classes: [table]
#   kinds: [postgres.table, mysql.table]
#   obligations: [least-privilege, data-minimisation]
#   checks: [pg-public-grants-on-personal-data]
#   general: true
#   remediation:
#     sql: >-
#       REVOKE SELECT ON the table, or on the view over it, FROM PUBLIC, and grant it to the roles that need
#       it.
package probity.rules.exposure.public_grants_on_personal_data

import data.probity.lib.personal

violation contains {"fact": "access.readers", "element": reader.principal} if {
	some reader in input.access.readers
	everybody(reader.principal)
	input.labels[_].category in personal.categories
}

everybody("PUBLIC")

# An account without a name is whoever has no other one.
everybody(who) if startswith(who, "''@")
