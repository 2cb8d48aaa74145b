package probity.rules.access.secret_value_in_code_test

import data.probity.rules.access.secret_value_in_code as rule

test_secret_in_code_fails if {
	rule.violation == {{"fact": "settings.value_in_code"}} with input as {"settings": {"value_in_code": true}}
}

test_value_from_elsewhere_passes if {
	rule.violation == set() with input as {"settings": {"value_in_code": false}}
}
