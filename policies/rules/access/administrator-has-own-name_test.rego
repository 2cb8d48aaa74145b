package probity.rules.access.administrator_has_own_name_test

import data.probity.rules.access.administrator_has_own_name as rule

test_bad_fails if {
	rule.violation == {{"fact": "settings.default_admin"}} with input as {"settings": {"default_admin": true}}
}

test_good_passes if {
	rule.violation == set() with input as {"settings": {"default_admin": false}}
}
