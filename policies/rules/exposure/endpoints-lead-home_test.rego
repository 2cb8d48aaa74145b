package probity.rules.exposure.endpoints_lead_home_test

import data.probity.rules.exposure.endpoints_lead_home as rule

test_open_true_fails if {
	rule.violation == {{"fact": "settings.open"}} with input as {"settings": {"open": true}}
}

test_open_false_passes if {
	rule.violation == set() with input as {"settings": {"open": false}}
}
