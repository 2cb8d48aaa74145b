package probity.rules.access.shares_stay_inside_test

import data.probity.rules.access.shares_stay_inside as rule

test_open_fails if {
	rule.violation == {{"fact": "settings.external"}} with input as {"settings": {"external": true}}
}

test_inside_passes if {
	rule.violation == set() with input as {"settings": {"external": false}}
}
