# METADATA
# title: The server's log tells who came and went
# description: >-
#   Connections and disconnections are not in the log of the server, or its lines do not tell user,
#   database and address. After a leak nobody can say which account came from where.
# related_resources:
# - ref: https://www.postgresql.org/docs/current/runtime-config-logging.html
# custom:
#   id: connections-logged
#   message: "the log of {name} does not tell who came and went, and from where"
#   severity: medium
#   because: >-
#     It keeps nobody out; it tells afterwards who came from where.
#   behaviour: 1
#   since: 0.2.0
#   sources: [database]
#   classes: [database]
#   kinds: [postgres.server]
#   obligations: [audit-logging, breach-evidence]
#   checks: [pg-connection-logging]
#   remediation:
#     sql: >-
#       ALTER SYSTEM SET log_connections = on; ALTER SYSTEM SET log_disconnections = on; ALTER SYSTEM SET
#       log_line_prefix = '%m [%p] %u@%d %h '; SELECT pg_reload_conf()
package probity.rules.logging.connections_logged

violation contains {"fact": "settings.logs_entries"} if input.settings.logs_entries == false
