# METADATA
# title: Somebody could tell who read the tables
# description: >-
#   No audit of the server records who reads and writes rows. After a leak nobody could say which people
#   are concerned, so everybody must be told.
# related_resources:
# - ref: https://github.com/pgaudit/pgaudit
# - ref: https://mariadb.com/kb/en/mariadb-audit-plugin/
# custom:
#   id: database-reads-recorded
#   message: "{name} records no reads and writes"
#   severity: medium
#   behaviour: 1
#   since: 0.2.0
#   classes: [database]
#   kinds: [postgres.server, postgres.database, mysql.server]
#   obligations: [audit-logging, breach-evidence]
#   remediation:
#     sql: >-
#       Load pgaudit by shared_preload_libraries and set pgaudit.log = 'read, write'; in MariaDB INSTALL
#       SONAME 'server_audit' and server_audit_logging = ON, in MySQL an audit plugin.
package probity.rules.logging.database_reads_recorded

violation contains {"fact": "audit.access"} if input.audit.access == false
