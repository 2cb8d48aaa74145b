package probity.rules.retention.data_older_than_declared_test

import data.probity.rules.retention.data_older_than_declared as rule

table(oldest, hold, start) := {
	"now": "2026-11-24T12:00:00Z",
	"activities": [{"id": "care", "retention_days": 365, "retention_from": "ended_at", "legal_hold": hold}],
	"retention": {"oldest": [{"on": "ended_at", "start": start, "oldest": oldest}]},
}

test_older_fails if {
	rule.violation == {{"fact": "retention.oldest", "element": "care"}} with input as table("2019-01-01T00:00:00Z", false, "ended_at")
}

test_younger_passes if {
	rule.violation == set() with input as table("2026-01-01T00:00:00Z", false, "ended_at")
}

test_last_day_passes if {
	rule.violation == set() with input as table("2025-11-25T00:00:00Z", false, "ended_at")
}

test_legal_hold_passes if {
	rule.violation == set() with input as table("2019-01-01T00:00:00Z", true, "ended_at")
}

test_start_of_another_activity_passes if {
	rule.violation == set() with input as table("2019-01-01T00:00:00Z", false, "paid_at")
}
