package probity.rules.access.password_in_code_test

import data.probity.rules.access.password_in_code as rule

test_written_password_fails if {
	rule.violation == {{"fact": "settings.password_in_code"}} with input as {"settings": {"password_in_code": true}}
}

test_password_from_elsewhere_passes if {
	rule.violation == set() with input as {"settings": {"password_in_code": false}}
}
