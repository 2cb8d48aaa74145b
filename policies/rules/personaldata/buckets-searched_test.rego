package probity.rules.personaldata.buckets_searched_test

import data.probity.rules.personaldata.buckets_searched as rule

region(searched) := {"settings": {"discovery": searched}}

test_region_that_nobody_searches_fails if {
	rule.violation == {{"fact": "settings.discovery"}} with input as region(false)
}

test_searched_region_passes if {
	rule.violation == set() with input as region(true)
}
