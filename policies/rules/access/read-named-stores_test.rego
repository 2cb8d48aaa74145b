package probity.rules.access.read_named_stores_test

import data.probity.rules.access.read_named_stores as rule

test_wide_fails if {
	rule.violation == {{"fact": "settings.data_wildcard"}} with input as {"settings": {"data_wildcard": true}}
}

test_narrow_passes if {
	rule.violation == set() with input as {"settings": {"data_wildcard": false}}
}
