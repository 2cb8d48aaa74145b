package probity.rules.retention.backup_plan_expires_test

import data.probity.rules.retention.backup_plan_expires as rule

test_test_for_ever_fails if {
	rule.violation == {{"fact": "settings.expires"}} with input as {"settings": {"expires": false}}
}

test_test_with_an_end_passes if {
	rule.violation == set() with input as {"settings": {"expires": true}}
}
