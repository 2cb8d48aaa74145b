package probity.rules.access.public_schema_closed_test

import data.probity.rules.access.public_schema_closed as rule

test_bad_fails if {
	rule.violation == {{"fact": "settings.public_create"}} with input as {"settings": {"public_create": true}}
}

test_good_passes if {
	rule.violation == set() with input as {"settings": {"public_create": false}}
}
