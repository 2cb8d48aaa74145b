package probity.rules.access.secret_in_start_up_test

import data.probity.rules.access.secret_in_start_up as rule

test_credential_fails if {
	rule.violation == {{"fact": "settings.secret_in_user_data"}} with input as {"settings": {"secret_in_user_data": true}}
}

test_clean_start_passes if {
	rule.violation == set() with input as {"settings": {"secret_in_user_data": false}}
}
