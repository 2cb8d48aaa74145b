package probity.rules.access.password_hashing_test

import data.probity.rules.access.password_hashing as rule

test_bad_fails if {
	rule.violation == {{"fact": "settings.weak_auth", "element": "somebody"}} with input as {"settings": {"weak_auth": ["somebody"]}}
}

test_good_passes if {
	rule.violation == set() with input as {"settings": {"weak_auth": []}}
}
