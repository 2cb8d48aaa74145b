package probity.rules.retention.snapshot_kept_too_long_test

import data.probity.rules.retention.snapshot_kept_too_long as rule

snapshot(created, automatic, rules) := {"now": "2026-11-28T00:00:00Z", "settings": {"automatic": automatic}, "lifecycle": {"created": created}, "retention": {"rules": rules}}

test_an_old_one_fails if {
	rule.violation == {{"fact": "lifecycle.created"}} with input as snapshot("2024-01-01T00:00:00Z", false, [])
}

test_a_new_one_passes if {
	rule.violation == set() with input as snapshot("2026-01-01T00:00:00Z", false, [])
}

test_one_of_a_schedule_passes if {
	rule.violation == set() with input as snapshot("2024-01-01T00:00:00Z", true, [])
}

test_one_that_ends_passes if {
	rule.violation == set() with input as snapshot("2024-01-01T00:00:00Z", false, [{"days": 3650, "noncurrent": false, "on": []}])
}
