# METADATA
# title: Logs of changes are encrypted where tables are
# description: >-
#   The server encrypts tables and writes every change of them into a log in clear. Who gets the disk or a copy of
#   the log reads what the encryption was to hide.
# related_resources:
# - ref: https://dev.mysql.com/doc/refman/8.4/en/innodb-data-encryption.html
# - ref: https://mariadb.com/kb/en/encrypting-binary-logs/
# custom:
#   id: change-logs-encrypted
#   message: "{name} encrypts tables, and not its {element}"
#   severity: medium
#   because: >-
#     A stolen disk or copy is needed; then the newest changes stand in clear.
#   behaviour: 1
#   since: 0.2.0
#   sources: [database]
#   classes: [database]
#   kinds: [mysql.server]
#   obligations: [encryption-at-rest]
#   checks: [mysql-logs-encrypted]
#   remediation:
#     sql: >-
#       In MySQL SET PERSIST binlog_encryption = ON, innodb_redo_log_encrypt = ON, innodb_undo_log_encrypt = ON; in
#       MariaDB encrypt_binlog = ON and innodb_encrypt_log = ON in my.cnf, and a restart.
package probity.rules.encryption.change_logs_encrypted

violation contains {"fact": "settings.clear_logs", "element": what} if some what in input.settings.clear_logs
