package probity.rules.personaldata.children_declared_test

import data.probity.rules.personaldata.children_declared as rule

store(category, subjects) := {"labels": [{"category": category}], "activities": [{"subjects": subjects}]}

test_undeclared_children_fail if {
	rule.violation == {{"fact": "activities"}} with input as store("child", ["patients"])
}

test_declared_children_pass if {
	rule.violation == set() with input as store("child", ["patients", "children of patients"])
}

test_grown_ups_pass if {
	rule.violation == set() with input as store("contact", ["patients"])
}
