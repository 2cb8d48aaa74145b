package probity.rules.retention.lock_outlives_retention_test

import data.probity.rules.retention.lock_outlives_retention as rule

bucket(lock) := {
	"activities": [{"id": "care", "retention_days": 365, "legal_hold": false}],
	"retention": {"lock_days": lock},
}

test_longer_lock_fails if {
	rule.violation == {{"fact": "retention.lock_days", "element": "care"}} with input as bucket({"set": true, "value": 3650})
}

test_shorter_lock_passes if {
	rule.violation == set() with input as bucket({"set": true, "value": 30})
}

test_no_lock_passes if {
	rule.violation == set() with input as bucket({"set": false, "value": 0})
}
