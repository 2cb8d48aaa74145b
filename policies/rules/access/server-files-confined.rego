# METADATA
# title: Statements touch files in one folder at most
# description: >-
#   With the privilege FILE a statement writes a table into any folder that the server may write to, one that a
#   web server hands out say, and reads any file that it may read.
# related_resources:
# - ref: https://dev.mysql.com/doc/refman/8.4/en/server-system-variables.html
# - ref: https://mariadb.com/kb/en/server-system-variables/
# custom:
#   id: server-files-confined
#   message: "{name} lets statements read and write files in any folder"
#   severity: medium
#   because: >-
#     An account with FILE is needed, or a hole in an application that has one.
#   behaviour: 1
#   since: 0.2.0
#   sources: [database]
#   classes: [database]
#   kinds: [mysql.server]
#   obligations: [secure-defaults, least-privilege]
#   checks: [mysql-secure-file-priv]
#   remediation:
#     any: >-
#       secure_file_priv = NULL in my.cnf of MySQL, or in both the name of a folder of its own; then a restart.
package probity.rules.access.server_files_confined

violation contains {"fact": "settings.files_anywhere"} if input.settings.files_anywhere == true
