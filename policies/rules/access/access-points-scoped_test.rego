package probity.rules.access.access_points_scoped_test

import data.probity.rules.access.access_points_scoped as rule

test_test_the_whole_tree_fails if {
	rule.violation == {{"fact": "settings.unscoped_access_points", "element": "ap"}} with input as {"settings": {"unscoped_access_points": ["ap"]}}
}

test_test_scoped_passes if {
	rule.violation == set() with input as {"settings": {"unscoped_access_points": []}}
}
