package probity.rules.access.managed_master_password_test

import data.probity.rules.access.managed_master_password as rule

test_test_chosen_fails if {
	rule.violation == {{"fact": "settings.managed_password"}} with input as {"settings": {"managed_password": false}}
}

test_test_managed_passes if {
	rule.violation == set() with input as {"settings": {"managed_password": true}}
}
