# METADATA
# title: No web server hands out a database file
# description: >-
#   A database file with personal data lies in a folder that web servers hand out. Whoever guesses its
#   name downloads all of it.
# related_resources:
# - ref: https://cheatsheetseries.owasp.org/cheatsheets/Database_Security_Cheat_Sheet.html
# custom:
#   id: database-file-not-served
#   message: "{name} holds personal data, and lies in a folder that web servers hand out"
#   severity: critical
#   because: >-
#     Anybody who guesses the name downloads the whole database.
#   behaviour: 1
#   since: 0.2.0
#   sources: [database]
#   classes: [database]
#   kinds: [sqlite.database]
#   obligations: [no-public-access]
#   general: true
#   remediation:
#     any: >-
#       Move the file out of the folder, take it as downloaded, and change what was secret in it.
package probity.rules.exposure.database_file_not_served

import data.probity.lib.personal

violation contains {"fact": "settings.web_root"} if {
	input.settings.web_root == true
	input.labels[_].category in personal.categories
}
