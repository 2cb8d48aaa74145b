# METADATA
# title: No old logs lie beside a database file
# description: >-
#   Beside the file lie logs of it that hold what was there before, or is not in it yet. They are forgotten
#   when the file is deleted, moved or guarded.
# related_resources:
# - ref: https://www.sqlite.org/tempfiles.html
# custom:
#   id: no-stray-journals
#   message: "{element} lies beside {name}, with rows of it"
#   severity: low
#   because: >-
#     They are in the same folder, under the same guards for as long as nobody moves the file.
#   behaviour: 1
#   since: 0.1.0
#   sources: [database]
#   classes: [database]
#   kinds: [sqlite.database]
#   obligations: [storage-limitation, erasure]
#   checks: [sqlite-stray-journals]
#   remediation:
#     sql: >-
#       PRAGMA wal_checkpoint(TRUNCATE) and close the database; then delete files that are left over.
package probity.rules.retention.no_stray_journals

violation contains {"fact": "settings.leftovers", "element": one} if some one in input.settings.leftovers
