# METADATA
# title: Data stays in its declared countries
# description: >-
#   The store is in a country that is not among those in which the activity may keep its data. The people
#   concerned, a contract or a law were promised otherwise.
# related_resources:
# - ref: https://eur-lex.europa.eu/eli/reg/2016/679/oj
# - ref: https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-regions.html
# custom:
#   id: residency-allowed-country
#   message: "{name} is in {country}, where activity {element} may not keep its data"
#   severity: high
#   because: >-
#     A promise or a law is broken as long as the data is there.
#   behaviour: 1
#   since: 0.1.0
#   sources: [terraform, plan, aws]
#   classes: [bucket, database, table, warehouse, volume, filesystem, snapshot, backup, queue, stream, topic, cache, search, log, secret]
#   obligations: [data-location]
#   remediation:
#     any: >-
#       Move the data to a store in one of the declared countries and delete this one with its copies,
#       or add the country to the activity after checking what was promised.
package probity.rules.residency.residency_allowed_country

# An activity that names no countries does not limit them.
violation contains {"fact": "location.country", "element": activity.id} if {
	some activity in input.activities
	activity.countries != []
	not input.location.country in activity.countries
}
