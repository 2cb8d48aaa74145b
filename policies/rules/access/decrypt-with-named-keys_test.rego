package probity.rules.access.decrypt_with_named_keys_test

import data.probity.rules.access.decrypt_with_named_keys as rule

test_wide_fails if {
	rule.violation == {{"fact": "settings.decrypt_all"}} with input as {"settings": {"decrypt_all": true}}
}

test_narrow_passes if {
	rule.violation == set() with input as {"settings": {"decrypt_all": false}}
}
