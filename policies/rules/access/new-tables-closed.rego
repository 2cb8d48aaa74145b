# METADATA
# title: New tables are not open to every account
# description: >-
#   Default privileges of the database give each new table of a schema to PUBLIC: what somebody makes
#   tomorrow every account reads, without a decision.
# related_resources:
# - ref: https://www.postgresql.org/docs/current/sql-alterdefaultprivileges.html
# custom:
#   id: new-tables-closed
#   message: "new tables of {element} are open to every account of {name}"
#   severity: medium
#   because: >-
#     It opens tables to accounts that are let in already, and only those made from now on.
#   behaviour: 1
#   since: 0.2.0
#   sources: [database]
#   classes: [database]
#   kinds: [postgres.database]
#   obligations: [least-privilege, secure-defaults]
#   checks: [pg-default-privileges]
#   remediation:
#     sql: >-
#       ALTER DEFAULT PRIVILEGES FOR ROLE r IN SCHEMA s REVOKE SELECT ON TABLES FROM PUBLIC.
package probity.rules.access.new_tables_closed

violation contains {"fact": "settings.open_by_default", "element": where} if some where in input.settings.open_by_default
