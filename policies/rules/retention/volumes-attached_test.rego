package probity.rules.retention.volumes_attached_test

import data.probity.rules.retention.volumes_attached as rule

disk(attached, created) := {"now": "2026-11-28T00:00:00Z", "lifecycle": {"created": created}, "settings": {"attached": attached}}

test_old_and_alone_fails if {
	rule.violation == {{"fact": "settings.attached"}} with input as disk(false, "2026-01-01T00:00:00Z")
}

test_new_and_alone_passes if {
	rule.violation == set() with input as disk(false, "2026-11-01T00:00:00Z")
}

test_attached_passes if {
	rule.violation == set() with input as disk(true, "2026-01-01T00:00:00Z")
}
