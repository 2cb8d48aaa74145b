# METADATA
# title: Test systems hold no real people
# description: >-
#   A store tagged as a development or test system holds personal data. Such systems are guarded less,
#   reached by more people and copied often, and the people were never told that their data would be used
#   there.
# related_resources:
# - ref: https://eur-lex.europa.eu/eli/reg/2016/679/oj
# - ref: https://ico.org.uk/for-organisations/uk-gdpr-guidance-and-resources/data-protection-principles/a-guide-to-the-data-protection-principles/purpose-limitation/
# custom:
#   id: personal-data-in-test
#   message: "{name} is a test system and holds personal data"
#   severity: high
#   because: >-
#     Test systems are guarded least and open to most.
#   behaviour: 1
#   since: 0.1.0
#   sources: [terraform, plan, cloudformation, aws]
#   classes: [bucket, database, table, warehouse, volume, snapshot, search]
#   obligations: [test-data-separation, data-minimisation]
#   checks: [priv-personal-data-in-nonprod]
#   general: true
#   remediation:
#     any: >-
#       Delete the data and fill the store with generated people. If a fault needs real data, work on
#       it in a guarded copy that is deleted the same day.
package probity.rules.personaldata.personal_data_in_test

import data.probity.lib.environment
import data.probity.lib.personal

violation contains {"fact": "tags", "element": key} if {
	some key, value in input.tags
	environment.testing(key, value)
	input.labels[_].category in personal.categories
}
