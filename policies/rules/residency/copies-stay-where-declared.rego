# METADATA
# title: Copies of personal data stay in declared countries
# description: >-
#   The store is a copy, replica or snapshot of one in another region, it holds personal data, and
#   no activity that it serves declares data to be kept in its country. Each copy is one more place
#   to guard, to search and to delete from.
# related_resources:
# - ref: https://eur-lex.europa.eu/eli/reg/2016/679/oj
# - ref: https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication.html
# custom:
#   id: copies-stay-where-declared
#   message: "{name} in {region} is a copy of data in {element}, and no activity declares data there"
#   severity: medium
#   because: >-
#     Each copy is one more to guard and to erase, in a place that was not looked at.
#   behaviour: 1
#   since: 0.2.0
#   sources: [terraform, plan]
#   classes: [bucket, database, table, warehouse, volume, filesystem, snapshot, backup, cache, search]
#   obligations: [data-location, transfer-control]
#   checks: [priv-duplicate-across-regions]
#   general: true
#   remediation:
#     any: >-
#       Keep copies in one region, or declare the country under countries of the activity with its
#       reason.
#     terraform: >-
#       Remove the replica, the replication rule or the copy action to the other region.
package probity.rules.residency.copies_stay_where_declared

import data.probity.lib.personal

violation contains {"fact": "lineage.regions", "element": region} if {
	some region in input.lineage.regions
	input.labels[_].category in personal.categories
	not declared
}

declared if {
	some activity in input.activities
	input.location.country in activity.countries
}
