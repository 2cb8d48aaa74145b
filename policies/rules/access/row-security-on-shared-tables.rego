# METADATA
# title: Rows of several tenants are kept apart by the database
# description: >-
#   The table holds personal data of several tenants, customers or organisations, and the database itself
#   does not keep them apart: one condition that a statement forgets shows everybody's rows. Without
#   FORCE policies do not bind the owner, as whom applications often come.
# related_resources:
# - ref: https://www.postgresql.org/docs/current/ddl-rowsecurity.html
# custom:
#   id: row-security-on-shared-tables
#   message: "{name} holds rows of several tenants, and nothing keeps one from reading those of another"
#   messages:
#     settings.row_security: "{name} holds rows of several tenants, and row-level security is off"
#     settings.forced: "{name} holds rows of several tenants, and row-level security is not forced on its owner"
#   severity: medium
#   because: >-
#     One forgotten condition in one query shows the data of all tenants, though to known accounts.
#   behaviour: 1
#   since: 0.2.0
#   sources: [database]
#   classes: [table]
#   kinds: [postgres.table]
#   obligations: [least-privilege, data-minimisation]
#   checks: [pg-rls-on-personal-tables]
#   general: true
#   remediation:
#     sql: >-
#       ALTER TABLE t ENABLE ROW LEVEL SECURITY; ALTER TABLE t FORCE ROW LEVEL SECURITY; CREATE POLICY
#       that compares the column with a setting of the session.
package probity.rules.access.row_security_on_shared_tables

import data.probity.lib.personal

violation contains {"fact": "settings.row_security"} if {
	shared
	input.settings.row_security == false
}

violation contains {"fact": "settings.forced"} if {
	shared
	input.settings.row_security == true
	input.settings.forced == false
}

shared if {
	input.settings.tenants[_]
	input.labels[_].category in personal.categories
}
