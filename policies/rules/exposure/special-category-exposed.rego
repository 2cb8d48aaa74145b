# METADATA
# title: Special categories, health and children's data reach nobody outside
# description: >-
#   Health, special-category or children's data is in a store that anyone, an account that nobody
#   declared as trusted, or every account of the database reads. The law forbids to process such
#   data unless an exception holds, and none covers whoever happens to have access.
# related_resources:
# - ref: https://eur-lex.europa.eu/eli/reg/2016/679/oj
# - ref: https://www.edpb.europa.eu/our-work-tools/our-documents/guidelines/guidelines-92022-personal-data-breach-notification-under_en
# custom:
#   id: special-category-exposed
#   message: "{name} holds health, special-category or children's data that {element} can read"
#   severity: critical
#   because: >-
#     What leaks here cannot be taken back and harms people most.
#   behaviour: 1
#   since: 0.2.0
#   sources: [terraform, plan, cloudformation, aws]
#   classes: [bucket, database, table, warehouse, filesystem, snapshot, backup, queue, stream, topic, search, log]
#   obligations: [special-category-protection, least-privilege, no-public-access]
#   checks: [priv-special-category-public]
#   remediation:
#     any: >-
#       Close the store to everybody who has no declared need, keep its access logs, and tell who
#       answers for data protection: it may be a breach that must be notified.
#     sql: >-
#       REVOKE SELECT ON the table FROM PUBLIC, and grant it to the roles that need it.
package probity.rules.exposure.special_category_exposed

import data.probity.lib.trust

# Tables of PostgreSQL have grants of their own; who reaches the server is judged at the database.
granted if input.kind == "postgres.table"

violation contains {"fact": "exposure.public", "element": "everyone"} if {
	not granted
	input.exposure.public == true
	holds
}

violation contains {"fact": "exposure.outside", "element": grant.principal} if {
	not granted
	some grant in input.exposure.outside
	grant.principal != "*"
	not trust.trusted(grant.principal)
	holds
}

violation contains {"fact": "access.readers", "element": "PUBLIC"} if {
	granted
	input.access.readers[_].principal == "PUBLIC"
	holds
}

holds if input.labels[_].category in {"health", "special", "child"}
