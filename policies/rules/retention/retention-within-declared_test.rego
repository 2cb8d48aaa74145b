package probity.rules.retention.retention_within_declared_test

import data.probity.rules.retention.retention_within_declared as rule

bucket(hold, rules) := {
	"activities": [{"id": "care", "retention_days": 365, "legal_hold": hold}],
	"retention": {"rules": rules},
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
