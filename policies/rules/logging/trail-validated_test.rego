package probity.rules.logging.trail_validated_test

import data.probity.rules.logging.trail_validated as rule

test_switch_off_fails if {
	rule.violation == {{"fact": "settings.validation"}} with input as {"settings": {"validation": false}}
}

test_switch_on_passes if {
	rule.violation == set() with input as {"settings": {"validation": true}}
}
