# METADATA
# title: No database dump lies among files
# description: >-
#   A dump, a backup or a database file with personal data lies in a store of files. It holds all
#   that the database held, for whoever may read the files: none of the database's rights, logs or
#   deletions reach it.
# related_resources:
# - ref: https://eur-lex.europa.eu/eli/reg/2016/679/oj
# - ref: https://cheatsheetseries.owasp.org/cheatsheets/Database_Security_Cheat_Sheet.html
# custom:
#   id: database-dump-in-store
#   message: "{element} in {name} is a dump of a database with personal data"
#   severity: high
#   because: >-
#     One object holds all that the database guarded, under the rights of a folder.
#   behaviour: 1
#   since: 0.2.0
#   sources: [files]
#   classes: [bucket, filesystem]
#   obligations: [data-minimisation, least-privilege]
#   checks: [priv-database-dump-in-bucket]
#   general: true
#   remediation:
#     any: >-
#       Delete it if its purpose is over. Otherwise keep it encrypted, under rights of its own, in a
#       place that deletes it by itself.
package probity.rules.personaldata.database_dump_in_store

import data.probity.lib.personal

violation contains {"fact": "labels", "element": dump(label.on)} if {
	some label in input.labels
	label.category in personal.categories
	dump(label.on)
}

dump(place) := file if {
	file := split(place, ":")[0]
	regex.match(`(?i)\.(sql|dump|dmp|pgdump|bak|backup|bson|sqlite3?|db|mdb|rdb|frm|ibd)(\.(gz|zst|xz|bz2|zip))?$`, file)
}
