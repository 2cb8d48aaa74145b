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
#   because: Nothing is open; but a leak that nobody can measure must be told to everybody.
#   checks:
#   - rds-postgres-audit-extension
#   - rds-mysql-audit-plugin
#   - documentdb-audit-logs
#   - neptune-audit-logs
#   - opensearch-audit-logs
#   - pg-audit-extension
#   - mysql-audit-on
#   behaviour: 1
#   since: 0.2.0
#   sources: [terraform, plan, cloudformation, aws, database]
#   classes: [database, search]
#   kinds:
#   - postgres.server
#   - postgres.database
#   - mysql.server
#   - aws.rds.instance
#   - aws.rds.cluster
#   - aws.docdb.cluster
#   - aws.neptune.cluster
#   - aws.opensearch.domain
#   obligations: [audit-logging, breach-evidence]
#   remediation:
#     terraform: >-
#       PostgreSQL: shared_preload_libraries with pgaudit and pgaudit.log in the parameter group. MySQL, MariaDB: an
#       aws_db_option_group with MARIADB_AUDIT_PLUGIN; Aurora MySQL: server_audit_logging = 1. DocumentDB: audit_logs and the
#       export of audit; Neptune: neptune_enable_audit_log and the export of audit; OpenSearch: log_publishing_options with
#       AUDIT_LOGS.
#     sql: >-
#       Load pgaudit by shared_preload_libraries and set pgaudit.log = 'read, write'; in MariaDB INSTALL
#       SONAME 'server_audit' and server_audit_logging = ON, in MySQL an audit plugin.
package probity.rules.logging.database_reads_recorded

violation contains {"fact": "audit.access"} if input.audit.access == false
