package probity.rules.retention.personal_data_expires_test

import data.probity.rules.retention.personal_data_expires as rule

store(class, rules) := {
	"class": class,
	"retention": {"rules": rules},
	"labels": [{"category": "contact", "on": "exports/people.csv:email"}],
}

kept := {{"fact": "retention.rules"}}

test_no_rule_fails if {
	rule.violation == kept with input as store("bucket", [])
}

test_rule_for_old_versions_only_fails if {
	rule.violation == kept with input as store("bucket", [{"on": [], "days": 30, "noncurrent": true}])
}

test_rule_for_another_prefix_fails if {
	rule.violation == kept with input as store("bucket", [{"on": ["logs/"], "days": 30, "noncurrent": false}])
}

test_rule_for_the_prefix_passes if {
	rule.violation == set() with input as store("bucket", [{"on": ["exports/"], "days": 30, "noncurrent": false}])
}

test_rule_for_all_passes if {
	rule.violation == set() with input as store("bucket", [{"on": [], "days": 30, "noncurrent": false}])
}

test_table_with_expiring_items_passes if {
	rule.violation == set() with input as store("table", [{"on": ["expires_at"], "days": 0, "noncurrent": false}])
}
