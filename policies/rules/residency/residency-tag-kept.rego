# METADATA
# title: Stores are where their tag promises
# description: >-
#   A tag says in which country or area the data has to stay, and the store is in another one. A contract, a
#   law or a customer was promised otherwise.
# related_resources:
# - ref: https://eur-lex.europa.eu/eli/reg/2016/679/oj
# - ref: https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-regions.html
# custom:
#   id: residency-tag-kept
#   message: "{name} is in {country}, and its tag {element} promises otherwise"
#   severity: high
#   because: >-
#     The promise is broken as long as the data is there.
#   behaviour: 2
#   since: 0.1.0
#   sources: [terraform, plan, aws]
#   classes: [bucket, database, table, warehouse, volume, filesystem, snapshot, backup, queue, stream, topic, cache, search, log, secret]
#   obligations: [data-location]
#   checks: [priv-residency-tag-violated]
#   remediation:
#     any: >-
#       Move the data to where the tag says and delete this store with its copies, or correct the tag after
#       checking what was promised.
package probity.rules.residency.residency_tag_kept

import data.probity.lib.countries

violation contains {"fact": "location.country", "element": key} if {
	some key, value in input.tags
	lower(key) in {"data-residency", "data_residency", "dataresidency", "residency"}
	promised := countries.within(upper(value))
	not input.location.country in promised
}
