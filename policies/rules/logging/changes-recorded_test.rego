package probity.rules.logging.changes_recorded_test

import data.probity.rules.logging.changes_recorded as rule

test_on_false_fails if {
	rule.violation == {{"fact": "settings.on"}} with input as {"settings": {"on": false}}
}

test_on_true_passes if {
	rule.violation == set() with input as {"settings": {"on": true}}
}
