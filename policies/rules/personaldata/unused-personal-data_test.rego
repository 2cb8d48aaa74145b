package probity.rules.personaldata.unused_personal_data_test

import data.probity.rules.personaldata.unused_personal_data as rule

store(used, labels) := {"now": "2026-11-01T00:00:00Z", "lifecycle": {"last_used": {"set": true, "value": used}}, "labels": labels}

test_forgotten_people_fail if {
	rule.violation == {{"fact": "lifecycle.last_used"}} with input as store("2026-01-01T00:00:00Z", [{"category": "contact"}])
}

test_used_store_passes if {
	rule.violation == set() with input as store("2026-10-20T00:00:00Z", [{"category": "contact"}])
}

test_store_without_people_passes if {
	rule.violation == set() with input as store("2026-01-01T00:00:00Z", [])
}
