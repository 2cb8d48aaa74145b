package probity.rules.logging.trail_in_all_regions_test

import data.probity.rules.logging.trail_in_all_regions as rule

test_switch_off_fails if {
	rule.violation == {{"fact": "settings.multi_region"}} with input as {"settings": {"multi_region": false}}
}

test_switch_on_passes if {
	rule.violation == set() with input as {"settings": {"multi_region": true}}
}
