package probity.rules.access.query_settings_enforced_test

import data.probity.rules.access.query_settings_enforced as rule

test_test_free_choice_fails if {
	rule.violation == {{"fact": "settings.enforced"}} with input as {"settings": {"enforced": false}}
}

test_test_enforced_passes if {
	rule.violation == set() with input as {"settings": {"enforced": true}}
}
