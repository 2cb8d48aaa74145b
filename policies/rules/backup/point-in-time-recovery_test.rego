package probity.rules.backup.point_in_time_recovery_test

import data.probity.rules.backup.point_in_time_recovery as rule

test_no_recovery_fails if {
	rule.violation == {{"fact": "resilience.point_in_time"}} with input as {"resilience": {"point_in_time": false}}
}

test_recovery_passes if {
	rule.violation == set() with input as {"resilience": {"point_in_time": true}}
}
