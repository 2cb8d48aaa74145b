package probity.rules.access.new_tables_closed_test

import data.probity.rules.access.new_tables_closed as rule

test_open_fails if {
	rule.violation == {{"fact": "settings.open_by_default", "element": "public, made by app"}} with input as {"settings": {"open_by_default": ["public, made by app"]}}
}

test_closed_passes if {
	rule.violation == set() with input as {"settings": {"open_by_default": []}}
}
