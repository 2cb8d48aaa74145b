package probity.rules.encryption.key_deletion_waits_test

import data.probity.rules.encryption.key_deletion_waits as rule

test_a_week_fails if {
	rule.violation == {{"fact": "settings.deletion_days"}} with input as {"settings": {"deletion_days": 7}}
}

test_two_weeks_pass if {
	rule.violation == set() with input as {"settings": {"deletion_days": 14}}
}
