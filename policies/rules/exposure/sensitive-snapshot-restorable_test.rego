package probity.rules.exposure.sensitive_snapshot_restorable_test

import data.probity.rules.exposure.sensitive_snapshot_restorable as rule

copy(public, encrypted, category) := {"exposure": {"public": public}, "encryption": {"at_rest": encrypted}, "labels": [{"category": category}]}

test_clear_public_copy_fails if {
	rule.violation == {{"fact": "exposure.public", "element": "health"}} with input as copy(true, false, "health")
}

test_each_guard_passes if {
	rule.violation == set() with input as copy(false, false, "health")
	rule.violation == set() with input as copy(true, true, "health")
	rule.violation == set() with input as copy(true, false, "contact")
}
