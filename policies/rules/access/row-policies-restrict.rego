# METADATA
# title: Policies on rows hold something back
# description: >-
#   The table holds personal data and decides by policies who sees which row, and one of them lets everything be
#   seen: policies are joined by OR, so that it undoes the others.
# related_resources:
# - ref: https://www.postgresql.org/docs/current/sql-createpolicy.html
# custom:
#   id: row-policies-restrict
#   message: "the policy {element} of {name} lets every row be seen"
#   severity: medium
#   because: >-
#     Grants on the table still decide who comes that far.
#   behaviour: 1
#   since: 0.2.0
#   sources: [database]
#   classes: [table]
#   kinds: [postgres.table]
#   obligations: [least-privilege, data-minimisation]
#   checks: [pg-rls-policy-permissive-true]
#   general: true
#   remediation:
#     sql: >-
#       ALTER POLICY … USING (tenant_id = current_setting('app.tenant')::int); for a role that must see all, BYPASSRLS
#       says so openly.
package probity.rules.access.row_policies_restrict

import data.probity.lib.personal

violation contains {"fact": "settings.allowing", "element": policy} if {
	input.settings.row_security == true
	some policy in input.settings.allowing
	input.labels[_].category in personal.categories
}
