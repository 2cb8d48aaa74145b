package probity.rules.access.lake_grants_needed_test

import data.probity.rules.access.lake_grants_needed as rule

test_open_fails if {
	rule.violation == {{"fact": "settings.open_by_default"}} with input as {"settings": {"open_by_default": true}}
}

test_closed_passes if {
	rule.violation == set() with input as {"settings": {"open_by_default": false}}
}
