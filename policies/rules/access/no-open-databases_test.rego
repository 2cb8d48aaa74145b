package probity.rules.access.no_open_databases_test

import data.probity.rules.access.no_open_databases as rule

test_bad_fails if {
	rule.violation == {{"fact": "settings.open_databases", "element": "something"}} with input as {"settings": {"open_databases": ["something"]}}
}

test_good_passes if {
	rule.violation == set() with input as {"settings": {"open_databases": []}}
}
