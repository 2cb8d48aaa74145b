# METADATA
# title: The server encrypts the files of tables with personal data
# description: >-
#   The file of a table with personal data is written in clear. Whoever gets the disk, a copy of the file
#   or a physical backup reads it, unless the disk below is encrypted, which a session does not see.
# related_resources:
# - ref: https://mariadb.com/kb/en/data-at-rest-encryption-overview/
# - ref: https://dev.mysql.com/doc/refman/8.4/en/innodb-data-encryption.html
# custom:
#   id: table-files-encrypted
#   message: "{name} holds personal data, and the server does not encrypt its file"
#   severity: medium
#   because: Whoever gets hold of the disk or of a copy of it reads the tables.
#   behaviour: 1
#   since: 0.2.0
#   sources: [database]
#   classes: [table]
#   kinds: [mysql.table]
#   obligations: [encryption-at-rest]
#   checks: [mysql-tablespaces-encrypted]
#   general: true
#   remediation:
#     sql: >-
#       ALTER TABLE t ENCRYPTION = 'Y' in MySQL, ENCRYPTED = YES in MariaDB, with a plugin for keys that
#       are not kept on the same disk. Where the disk is encrypted, waive the finding and say so.
package probity.rules.encryption.table_files_encrypted

import data.probity.lib.personal

violation contains {"fact": "settings.encrypted"} if {
	input.settings.encrypted == false
	input.labels[_].category in personal.categories
}
