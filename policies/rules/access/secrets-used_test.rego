package probity.rules.access.secrets_used_test

import data.probity.rules.access.secrets_used as rule

secret(created, used) := {"now": "2026-11-28T00:00:00Z", "lifecycle": {"created": created, "last_used": used}}

test_read_long_ago_fails if {
	rule.violation == {{"fact": "lifecycle.last_used"}} with input as secret("2024-01-01T00:00:00Z", {"set": true, "value": "2026-01-01T00:00:00Z"})
}

test_never_read_fails if {
	rule.violation == {{"fact": "lifecycle.last_used"}} with input as secret("2024-01-01T00:00:00Z", {"set": false})
}

test_new_one_passes if {
	rule.violation == set() with input as secret("2026-11-01T00:00:00Z", {"set": false})
}

test_read_lately_passes if {
	rule.violation == set() with input as secret("2024-01-01T00:00:00Z", {"set": true, "value": "2026-11-01T00:00:00Z"})
}
