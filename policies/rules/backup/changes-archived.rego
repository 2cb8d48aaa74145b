# METADATA
# title: Changes reach an archive, and spoilt pages are noticed
# description: >-
#   The server copies its changes nowhere, or the archive did not take the last of them, so that a restore loses
#   what came after the last backup; or it keeps no checksums, so that what the disk spoils goes into backups
#   unnoticed.
# related_resources:
# - ref: https://www.postgresql.org/docs/current/continuous-archiving.html
# - ref: https://www.postgresql.org/docs/current/checksums.html
# custom:
#   id: changes-archived
#   message: "{name} cannot be set back to a moment, or does not notice broken pages"
#   messages:
#     settings.archived: "{name} keeps no log of changes elsewhere, so that it cannot be set back to a moment"
#     settings.checksums: "{name} has no checksums of its pages, so that a broken disk is copied into backups unseen"
#   severity: low
#   because: >-
#     Something must break first; then days, or rows, are gone.
#   behaviour: 1
#   since: 0.2.0
#   sources: [database]
#   classes: [database]
#   kinds: [postgres.server]
#   obligations: [backup, integrity]
#   checks: [pg-wal-archiving-and-checksums]
#   remediation:
#     any: >-
#       archive_mode = on with an archive_command that copies each file to another machine, and a look at
#       pg_stat_archiver; pg_checksums --enable while the server is stopped.
package probity.rules.backup.changes_archived

violation contains {"fact": "settings.archived"} if input.settings.archived == false

violation contains {"fact": "settings.checksums"} if input.settings.checksums == false
