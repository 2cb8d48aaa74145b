package probity.rules.access.definer_functions_pinned_test

import data.probity.rules.access.definer_functions_pinned as rule

base(public, pinned) := {"settings": {"definers": [{"name": "give()", "public": public, "pinned": pinned}]}}

test_open_to_all_fails if {
	rule.violation == {{"fact": "settings.definers", "element": "give()"}} with input as base(true, true)
}

test_unpinned_fails if {
	rule.violation == {{"fact": "settings.definers", "element": "give()"}} with input as base(false, false)
}

test_closed_and_pinned_passes if {
	rule.violation == set() with input as base(false, true)
}
