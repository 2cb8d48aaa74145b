# METADATA
# title: Sessions that do nothing end
# description: >-
#   Sessions stay open for as long as nobody closes them, those with a transaction as well. Whoever sits down at a
#   forgotten console is logged in.
# related_resources:
# - ref: https://www.postgresql.org/docs/current/runtime-config-client.html
# custom:
#   id: idle-sessions-end
#   message: "{name} ends no session that stays idle"
#   severity: low
#   because: >-
#     A console that somebody left is needed.
#   behaviour: 1
#   since: 0.2.0
#   sources: [database]
#   classes: [database]
#   kinds: [postgres.server]
#   obligations: [authentication, secure-defaults]
#   checks: [pg-idle-sessions-end]
#   remediation:
#     sql: >-
#       ALTER SYSTEM SET idle_in_transaction_session_timeout = '10min', and idle_session_timeout where no pool of
#       connections stands before the server; SELECT pg_reload_conf().
package probity.rules.access.idle_sessions_end

violation contains {"fact": "settings.idle_ends"} if input.settings.idle_ends == false
