package probity.rules.access.secrets_rotate_test

import data.probity.rules.access.secrets_rotate as rule

secret(rotates, days, last) := {"now": "2026-11-01T00:00:00Z", "settings": {"rotates": rotates, "rotation_days": days, "last_rotated": last}}

test_fixed_secret_fails if {
	rule.violation == {{"fact": "settings.rotates"}} with input as secret(false, 0, {"set": false})
}

test_rare_change_fails if {
	rule.violation == {{"fact": "settings.rotation_days"}} with input as secret(true, 365, {"set": false})
}

test_change_that_did_not_happen_fails if {
	rule.violation == {{"fact": "settings.last_rotated"}} with input as secret(true, 30, {"set": true, "value": "2026-07-01"})
}

test_changed_secret_passes if {
	rule.violation == set() with input as secret(true, 30, {"set": true, "value": "2026-10-20"})
}
