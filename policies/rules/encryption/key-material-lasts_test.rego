package probity.rules.encryption.key_material_lasts_test

import data.probity.rules.encryption.key_material_lasts as rule

key(ends) := {"now": "2026-11-28T00:00:00Z", "settings": {"material_ends": ends}}

test_end_within_two_months_fails if {
	rule.violation == {{"fact": "settings.material_ends"}} with input as key({"set": true, "value": "2026-12-31T00:00:00Z"})
}

test_later_end_passes if {
	rule.violation == set() with input as key({"set": true, "value": "2027-12-31T00:00:00Z"})
}

test_no_end_passes if {
	rule.violation == set() with input as key({"set": false})
}
