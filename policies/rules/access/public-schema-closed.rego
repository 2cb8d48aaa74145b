# METADATA
# title: Not everybody may create in the schema public
# description: >-
#   Every role may put tables and functions where others look first, so that one of them runs with the
#   rights of who calls it. That was the default before PostgreSQL 15, and stays so through upgrades.
# related_resources:
# - ref: https://www.postgresql.org/docs/current/ddl-schemas.html
# custom:
#   id: public-schema-closed
#   message: "everybody may create in the schema public of {name}"
#   severity: medium
#   because: >-
#     It lets accounts that are in already set traps for others, and shows no data by itself.
#   behaviour: 1
#   since: 0.2.0
#   sources: [database]
#   classes: [database]
#   kinds: [postgres.database]
#   obligations: [least-privilege, secure-defaults]
#   checks: [pg-public-schema-create]
#   remediation:
#     sql: >-
#       REVOKE CREATE ON SCHEMA public FROM PUBLIC in each database, and grant it to the role that owns the
#       tables.
package probity.rules.access.public_schema_closed

violation contains {"fact": "settings.public_create"} if input.settings.public_create == true
