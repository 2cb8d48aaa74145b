package probity.rules.access.entries_name_whom_they_let_in_test

import data.probity.rules.access.entries_name_whom_they_let_in as rule

test_bad_fails if {
	rule.violation == {{"fact": "settings.unnamed", "element": "something"}} with input as {"settings": {"unnamed": ["something"]}}
}

test_good_passes if {
	rule.violation == set() with input as {"settings": {"unnamed": []}}
}
