# METADATA
# title: The server asks no client for files
# description: >-
#   local_infile is on, so that a statement that somebody smuggles into an application, or a server that
#   somebody swapped, fetches files of the machine that connects.
# related_resources:
# - ref: https://dev.mysql.com/doc/refman/8.4/en/load-data-local-security.html
# custom:
#   id: local-infile-off
#   message: "{name} lets LOAD DATA LOCAL fetch files of clients"
#   severity: medium
#   because: >-
#     It takes a server that is not one's own, or a hole in an application, to use.
#   behaviour: 1
#   since: 0.2.0
#   sources: [database]
#   classes: [database]
#   kinds: [mysql.server]
#   obligations: [secure-defaults]
#   checks: [mysql-local-infile-off]
#   remediation:
#     sql: >-
#       SET PERSIST local_infile = OFF in MySQL; local_infile = 0 below [mysqld] and SET GLOBAL local_infile
#       = OFF in MariaDB.
package probity.rules.access.local_infile_off

violation contains {"fact": "settings.local_infile"} if input.settings.local_infile == true
