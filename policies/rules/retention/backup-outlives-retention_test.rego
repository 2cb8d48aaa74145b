package probity.rules.retention.backup_outlives_retention_test

import data.probity.rules.retention.backup_outlives_retention as rule

database(days, hold) := {
	"activities": [{"id": "care", "retention_days": 14, "legal_hold": hold}],
	"resilience": {"backup_days": days},
}

test_longer_than_the_data_fails if {
	rule.violation == {{"fact": "resilience.backup_days", "element": "care"}} with input as database(30, false)
}

test_as_long_as_the_data_passes if {
	rule.violation == set() with input as database(14, false)
}

test_legal_hold_passes if {
	rule.violation == set() with input as database(30, true)
}
