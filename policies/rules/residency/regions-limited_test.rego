package probity.rules.residency.regions_limited_test

import data.probity.rules.residency.regions_limited as rule

test_every_region_fails if {
	rule.violation == {{"fact": "settings.limits_regions"}} with input as {"settings": {"limits_regions": false}}
}

test_some_regions_pass if {
	rule.violation == set() with input as {"settings": {"limits_regions": true}}
}
