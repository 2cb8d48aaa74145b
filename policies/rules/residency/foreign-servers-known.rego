# METADATA
# title: Rows come from servers that somebody named
# description: >-
#   The database reads from another server, by a foreign server or a subscription, that nobody named.
#   Whose it is, where it stands and what may go there is then not decided.
# related_resources:
# - ref: https://www.postgresql.org/docs/current/postgres-fdw.html
# - ref: https://www.postgresql.org/docs/current/logical-replication.html
# custom:
#   id: foreign-servers-known
#   message: "{name} is tied to another server by {element}, which known_servers does not name"
#   severity: high
#   because: >-
#     Rows leave for a server that nobody decided on, or come from one.
#   behaviour: 1
#   since: 0.2.0
#   sources: [database]
#   classes: [database]
#   kinds: [postgres.database]
#   obligations: [transfer-control, recipient-control]
#   checks: [pg-foreign-server-targets]
#   remediation:
#     sql: >-
#       DROP SERVER or DROP SUBSCRIPTION where it is not needed; else name its host in
#       parameters.known_servers of probity.yaml.
package probity.rules.residency.foreign_servers_known

violation contains {"fact": "settings.remotes", "element": remote.name} if {
	some remote in input.settings.remotes
	remote.host != ""
	not remote.host in data.config.known_servers
}
