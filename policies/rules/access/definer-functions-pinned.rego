# METADATA
# title: Functions with their owner's rights are closed and pinned
# description: >-
#   A function runs with the rights of its owner, and everybody may call it, or it does not say itself
#   where the names in it are looked for. Whoever may create in a schema of the search path makes it run
#   what they like.
# related_resources:
# - ref: https://www.postgresql.org/docs/current/sql-createfunction.html#SQL-CREATEFUNCTION-SECURITY
# custom:
#   id: definer-functions-pinned
#   message: "{element} in {name} runs with the rights of its owner, and everybody may call it or its search_path is open"
#   severity: medium
#   because: >-
#     It takes an account and some skill to use, and gives the rights of the owner.
#   behaviour: 1
#   since: 0.2.0
#   sources: [database]
#   classes: [database]
#   kinds: [postgres.database]
#   obligations: [least-privilege, secure-defaults]
#   checks: [pg-security-definer-safe]
#   remediation:
#     sql: >-
#       ALTER FUNCTION f(...) SET search_path = pg_catalog, pg_temp; REVOKE EXECUTE ON FUNCTION f(...)
#       FROM PUBLIC, and GRANT it to the roles that need it.
package probity.rules.access.definer_functions_pinned

violation contains {"fact": "settings.definers", "element": function.name} if {
	some function in input.settings.definers
	function.public == true
}

violation contains {"fact": "settings.definers", "element": function.name} if {
	some function in input.settings.definers
	function.pinned == false
}
