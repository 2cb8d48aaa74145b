# METADATA
# title: Personal data is not public
# description: >-
#   Personal data was found in a part of the store that anyone on the internet can reach. Treat it as a
#   possible breach: it must be closed now, and somebody has to find out who has read it and whether
#   authorities and people must be told.
# related_resources:
# - ref: https://eur-lex.europa.eu/eli/reg/2016/679/oj
# - ref: https://www.edpb.europa.eu/our-work-tools/our-documents/guidelines/guidelines-92022-personal-data-breach-notification-under_en
# custom:
#   id: public-personal-data
#   message: "{name} is public and holds personal data of the category {element}"
#   severity: critical
#   because: >-
#     It is a breach in progress, with people to tell.
#   behaviour: 1
#   since: 0.1.0
#   sources: [terraform, plan, cloudformation, aws]
#   classes: [bucket, database, table, warehouse, filesystem, snapshot, backup, queue, stream, topic, cache, search, log, secret]
#   obligations: [no-public-access, breach-evidence]
#   checks: [priv-personal-data-public]
#   general: true
#   remediation:
#     aws: >-
#       Close it first (aws s3api put-public-access-block with all four flags true, aws rds
#       modify-db-instance --no-publicly-accessible), keep the access logs, then look in them for
#       reads by strangers.
#     any: >-
#       Close the store, keep every log, and start the breach procedure: in the EU the authority must
#       be told within 72 hours unless a risk is unlikely.
package probity.rules.exposure.public_personal_data

import data.probity.lib.paths
import data.probity.lib.personal

# One finding a category, not one a column.
violation contains {"fact": "exposure.public", "element": category} if {
	input.exposure.public == true
	open_whole
	category := input.labels[_].category
	category in personal.categories
}

violation contains {"fact": "exposure.public", "element": label.category} if {
	input.exposure.public == true
	some label in input.labels
	label.category in personal.categories
	open_at(label.on)
}

# A network opens all of a store, a policy perhaps only some paths.
open_whole if input.class != "bucket"

open_whole if not narrowed

open_whole if {
	some grant in input.exposure.outside
	grant.principal == "*"
	grant.on == []
}

open_at(place) if {
	some grant in input.exposure.outside
	grant.principal == "*"
	some path in grant.on
	paths.meets(path, place)
}

narrowed if {
	some grant in input.exposure.outside
	grant.principal == "*"
}
