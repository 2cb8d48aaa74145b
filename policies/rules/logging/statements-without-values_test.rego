package probity.rules.logging.statements_without_values_test

import data.probity.rules.logging.statements_without_values as rule

test_bad_fails if {
	rule.violation == {{"fact": "settings.logs_values"}} with input as {"settings": {"logs_values": true}}
}

test_good_passes if {
	rule.violation == set() with input as {"settings": {"logs_values": false}}
}
