# METADATA
# title: Nobody but its owner reads a database file
# description: >-
#   Others than the owner may read or write the file of the database, or a log beside it. Each account of
#   the machine, and each service that is broken into, then has a copy.
# related_resources:
# - ref: https://www.sqlite.org/security.html
# custom:
#   id: database-file-private
#   message: "{element} of {name} is open to others than its owner"
#   severity: high
#   because: >-
#     Any account of the machine copies the whole database, unseen.
#   behaviour: 1
#   since: 0.2.0
#   sources: [database]
#   classes: [database]
#   kinds: [sqlite.database]
#   obligations: [least-privilege]
#   checks: [sqlite-file-permissions]
#   remediation:
#     any: >-
#       chmod 600 the file and its -wal, -shm and -journal, and chmod 700 its folder; set the umask of
#       the service to 077.
package probity.rules.access.database_file_private

violation contains {"fact": "settings.shared", "element": file} if some file in input.settings.shared
