# METADATA
# title: The database log holds no values of rows
# description: >-
#   Statements are logged with the values that they write and look for, so that the log is a second
#   store of personal data, with other readers and another time to live.
# related_resources:
# - ref: https://www.postgresql.org/docs/current/runtime-config-logging.html
# - ref: https://dev.mysql.com/doc/refman/8.4/en/query-log.html
# custom:
#   id: statements-without-values
#   message: "the log of {name} receives values of statements"
#   severity: medium
#   because: The log has fewer readers than the tables, but nobody counts it among the stores of personal data.
#   checks: [rds-statement-log-not-verbose, pg-log-no-bound-values, mysql-general-log-off, rds-proxy-debug-logging-off]
#   behaviour: 1
#   since: 0.2.0
#   sources: [terraform, plan, cloudformation, aws, database]
#   classes: [database]
#   kinds: [postgres.server, postgres.database, mysql.server, aws.rds.instance, aws.rds.cluster, aws.rds.proxy]
#   obligations: [data-minimisation]
#   remediation:
#     terraform: >-
#       In the parameter group set log_statement to ddl and log_parameter_max_length to 0 (PostgreSQL), general_log to 0
#       (MySQL, MariaDB); debug_logging = false on aws_db_proxy.
#     sql: >-
#       Set log_statement = 'ddl', and log_parameter_max_length and log_parameter_max_length_on_error to 0;
#       in MySQL and MariaDB SET GLOBAL general_log = OFF.
package probity.rules.logging.statements_without_values

violation contains {"fact": "settings.logs_values"} if input.settings.logs_values == true
