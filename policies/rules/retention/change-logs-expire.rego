# METADATA
# title: The log of changes does not keep deleted people
# description: >-
#   The server keeps its binary log for ever, or longer than the organisation allows. Each insert, update and
#   delete of a person stays in it, whatever is deleted from the tables.
# related_resources:
# - ref: https://dev.mysql.com/doc/refman/8.4/en/replication-options-binary-log.html
# - ref: https://mariadb.com/kb/en/using-and-maintaining-the-binary-log/
# custom:
#   id: change-logs-expire
#   message: "{name} keeps its log of changes for longer than change_log_days allows"
#   severity: low
#   because: >-
#     Only administrators of the server and its replicas read the log.
#   behaviour: 1
#   since: 0.2.0
#   sources: [database]
#   classes: [database]
#   kinds: [mysql.server]
#   obligations: [storage-limitation, erasure]
#   checks: [mysql-binlog-expiry]
#   remediation:
#     sql: >-
#       SET PERSIST binlog_expire_logs_seconds = 604800, in MariaDB SET GLOBAL and the same in my.cnf; PURGE BINARY
#       LOGS BEFORE … for what is there. The days that are allowed stand in parameters.change_log_days of
#       probity.yaml.
package probity.rules.retention.change_logs_expire

violation contains {"fact": "settings.binlog_days"} if {
	input.settings.binlog_days.set == true
	input.settings.binlog_days.value == 0
}

violation contains {"fact": "settings.binlog_days"} if {
	input.settings.binlog_days.set == true
	input.settings.binlog_days.value > data.config.change_log_days
}
