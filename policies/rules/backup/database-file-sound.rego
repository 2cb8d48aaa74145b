# METADATA
# title: The database file has no fault
# description: >-
#   SQLite finds a fault in the file: pages that do not fit together, or rows that break what the table says of
#   them. What is read from it may be wrong, and some day it cannot be read.
# related_resources:
# - ref: https://www.sqlite.org/pragma.html#pragma_quick_check
# - ref: https://www.sqlite.org/howtocorrupt.html
# custom:
#   id: database-file-sound
#   message: "SQLite finds a fault in {name}"
#   severity: low
#   because: >-
#     Rows may be lost or wrong; nobody gets in by it.
#   behaviour: 1
#   since: 0.2.0
#   sources: [database]
#   classes: [database]
#   kinds: [sqlite.database]
#   obligations: [integrity, backup]
#   checks: [sqlite-journal-and-integrity]
#   remediation:
#     any: >-
#       Restore the file from a backup, or save what can be saved with .recover of the program sqlite3, and find out
#       what broke it.
package probity.rules.backup.database_file_sound

violation contains {"fact": "settings.sound"} if input.settings.sound == false
