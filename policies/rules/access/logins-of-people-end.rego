# METADATA
# title: Logins of people end
# description: >-
#   A role logs in with a password that never ends, and nobody declared that a program does. Who leaves keeps it
#   until somebody thinks of it.
# related_resources:
# - ref: https://www.postgresql.org/docs/current/sql-createrole.html
# custom:
#   id: logins-of-people-end
#   message: "the password of {element} on {name} never expires"
#   severity: low
#   because: >-
#     Somebody must have left, and must still reach the server.
#   behaviour: 1
#   since: 0.2.0
#   sources: [database]
#   classes: [database]
#   kinds: [postgres.server]
#   obligations: [authentication, least-privilege]
#   checks: [pg-role-passwords-expire]
#   remediation:
#     sql: >-
#       ALTER ROLE … VALID UNTIL '2027-01-01' for people; name the roles of programs, as patterns, in
#       parameters.service_accounts of probity.yaml.
package probity.rules.access.logins_of_people_end

violation contains {"fact": "settings.lasting", "element": role} if {
	some role in input.settings.lasting
	not program(role)
}

program(role) if {
	some pattern in data.config.service_accounts
	glob.match(pattern, null, role)
}
