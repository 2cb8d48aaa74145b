package probity.rules.access.account_without_password_test

import data.probity.rules.access.account_without_password as rule

test_bad_fails if {
	rule.violation == {{"fact": "settings.passwordless", "element": "somebody"}} with input as {"settings": {"passwordless": ["somebody"]}}
}

test_good_passes if {
	rule.violation == set() with input as {"settings": {"passwordless": []}}
}
