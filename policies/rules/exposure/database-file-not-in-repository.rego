# METADATA
# title: No database file is kept with code
# description: >-
#   A database file with personal data is part of a repository of Git. Each clone has it, on machines of everybody
#   who ever worked on the code, and what is deleted from it stays in the history.
# related_resources:
# - ref: https://git-scm.com/docs/gitignore
# custom:
#   id: database-file-not-in-repository
#   message: "{name} holds personal data, and is part of a repository"
#   severity: high
#   because: >-
#     Copies are on machines that nobody lists, and nothing can be erased from them.
#   behaviour: 1
#   since: 0.2.0
#   sources: [database]
#   classes: [database]
#   kinds: [sqlite.database]
#   obligations: [erasure, data-minimisation]
#   general: true
#   remediation:
#     any: >-
#       git rm --cached the file and name it in .gitignore; take it from the history with git filter-repo, and tell
#       those who have clones. Give developers made-up data.
package probity.rules.exposure.database_file_not_in_repository

import data.probity.lib.personal

violation contains {"fact": "settings.tracked"} if {
	input.settings.tracked == true
	input.labels[_].category in personal.categories
}
