# METADATA
# title: What was deleted is gone from the file
# description: >-
#   Rows were deleted, and what they held still stands in the file, in pages that are free or in gaps
#   between rows. Who was promised to be forgotten is not, and every copy of the file tells.
# related_resources:
# - ref: https://www.sqlite.org/pragma.html#pragma_secure_delete
# custom:
#   id: deleted-rows-gone
#   message: "what was deleted from {name} still stands in it"
#   severity: medium
#   because: >-
#     It takes a copy of the file and some skill to read what was erased.
#   behaviour: 1
#   since: 0.2.0
#   sources: [database]
#   classes: [database]
#   kinds: [sqlite.database]
#   obligations: [erasure, storage-limitation]
#   checks: [sqlite-deleted-rows-remain]
#   general: true
#   remediation:
#     sql: >-
#       PRAGMA secure_delete = ON in each connection that deletes, and VACUUM once.
package probity.rules.retention.deleted_rows_gone

import data.probity.lib.personal

violation contains {"fact": "settings.freed_rows"} if {
	input.settings.freed_rows == true
	input.labels[_].category in personal.categories
}
