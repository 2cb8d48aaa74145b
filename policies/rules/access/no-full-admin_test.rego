package probity.rules.access.no_full_admin_test

import data.probity.rules.access.no_full_admin as rule

test_wide_fails if {
	rule.violation == {{"fact": "settings.full_admin"}} with input as {"settings": {"full_admin": true}}
}

test_narrow_passes if {
	rule.violation == set() with input as {"settings": {"full_admin": false}}
}
