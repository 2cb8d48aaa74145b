package probity.rules.retention.retention_within_declared_test

import data.probity.rules.retention.retention_within_declared as rule

bucket(hold, rules) := {
	"activities": [{"id": "care", "retention_days": 365, "legal_hold": hold}],
	"retention": {"rules": rules},
	"labels": [],
}

held(days, on, place) := {
	"activities": [{"id": "care", "retention_days": 365, "legal_hold": false}],
	"retention": {"rules": [{"on": on, "days": days, "noncurrent": false}]},
	"labels": [{"category": "contact", "on": place}],
}

found := {{"fact": "retention.rules", "element": "care"}}

test_no_rule_fails if {
	rule.violation == found with input as object.union(bucket(false, []), {"labels": [{"category": "contact", "on": "a.csv:email"}]})
}

test_rule_for_another_path_fails if {
	rule.violation == found with input as held(30, ["tmp/*"], "data/a.csv:email")
}

test_rule_for_all_of_it_passes if {
	rule.violation == set() with input as held(30, [], "data/a.csv:email")
}

test_rule_for_the_path_passes if {
	rule.violation == set() with input as held(30, ["data/*"], "data/a.csv:email")
}

test_no_personal_data_passes if {
	rule.violation == set() with input as object.union(bucket(false, []), {"labels": [{"category": "credential", "on": "a.csv:key"}]})
}

test_longer_than_declared_fails if {
	rule.violation == {{"fact": "retention.rules", "element": "care"}} with input as bucket(false, [{"on": [], "days": 400, "noncurrent": false}])
}

test_as_declared_passes if {
	rule.violation == set() with input as bucket(false, [{"on": [], "days": 365, "noncurrent": false}])
}

test_earlier_rule_over_all_passes if {
	rule.violation == set() with input as bucket(false, [
		{"on": ["archive/"], "days": 400, "noncurrent": false},
		{"on": [], "days": 30, "noncurrent": false},
	])
}

test_legal_hold_passes if {
	rule.violation == set() with input as bucket(true, [{"on": [], "days": 400, "noncurrent": false}])
}
