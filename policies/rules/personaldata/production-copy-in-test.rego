# METADATA
# title: Test systems are not copies of production
# description: >-
#   A store of a test system is a copy, a replica or a snapshot of a production store, so all of
#   production's people are in it: where more can reach it, it is guarded less, and nobody was told.
# related_resources:
# - ref: https://eur-lex.europa.eu/eli/reg/2016/679/oj
# - ref: https://ico.org.uk/for-organisations/uk-gdpr-guidance-and-resources/data-protection-principles/a-guide-to-the-data-protection-principles/purpose-limitation/
# custom:
#   id: production-copy-in-test
#   message: "{name} is of a test system and a copy of production: {element}"
#   severity: high
#   because: >-
#     All people of production are at once where the guards are weakest.
#   behaviour: 2
#   since: 0.2.0
#   sources: [terraform, plan]
#   classes: [bucket, database, table, warehouse, volume, filesystem, snapshot, search, cache]
#   obligations: [test-data-separation, data-minimisation]
#   checks: [priv-prod-copy-in-nonprod]
#   remediation:
#     any: >-
#       Fill test systems with generated people. Where a copy is needed, mask it before it leaves
#       production, and delete it the same day.
#     terraform: >-
#       Remove restore_to_point_in_time, snapshot_identifier or replicate_source_db from the store
#       of the test system.
package probity.rules.personaldata.production_copy_in_test

import data.probity.lib.environment

violation contains {"fact": "lineage.production", "element": source} if {
	some key, value in input.tags
	environment.testing(key, value)
	some source in input.lineage.production
}
