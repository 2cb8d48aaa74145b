# METADATA
# title: No database is open to everybody
# description: >-
#   The server has the database test, or rights that everybody has on databases by their names. Who logs in at all
#   may write there, fill the disk and leave things for others.
# related_resources:
# - ref: https://mariadb.com/kb/en/mariadb-secure-installation/
# - ref: https://dev.mysql.com/doc/refman/8.4/en/default-privileges.html
# custom:
#   id: no-open-databases
#   message: "{name} has {element}"
#   severity: low
#   because: >-
#     It opens no table of yours, but room and names to whoever logs in.
#   behaviour: 1
#   since: 0.2.0
#   sources: [database]
#   classes: [database]
#   kinds: [mysql.server]
#   obligations: [secure-defaults]
#   checks: [mysql-test-database-gone]
#   remediation:
#     sql: >-
#       DROP DATABASE test; DELETE FROM mysql.db WHERE User = '' and FLUSH PRIVILEGES, or in MariaDB REVOKE … FROM
#       PUBLIC.
package probity.rules.access.no_open_databases

violation contains {"fact": "settings.open_databases", "element": what} if some what in input.settings.open_databases
