package probity.rules.residency.approved_region_test

import data.probity.rules.residency.approved_region as rule

store(region) := {"location": {"region": region}}

test_strange_region_fails if {
	rule.violation == {{"fact": "location.region"}} with input as store("ap-south-1") with data.config.approved_regions as ["eu-west-1"]
}

test_approved_region_passes if {
	rule.violation == set() with input as store("eu-west-1") with data.config.approved_regions as ["eu-west-1"]
}
