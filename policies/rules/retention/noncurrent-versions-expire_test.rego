package probity.rules.retention.noncurrent_versions_expire_test

import data.probity.rules.retention.noncurrent_versions_expire as rule

bucket(versioning, rules) := {"resilience": {"versioning": versioning}, "retention": {"rules": rules}}

test_versions_without_rule_fail if {
	rule.violation == {{"fact": "retention.rules"}} with input as bucket(true, [{"on": [], "days": 30, "noncurrent": false}])
}

test_versions_with_rule_pass if {
	rule.violation == set() with input as bucket(true, [{"on": [], "days": 30, "noncurrent": true}])
}

test_no_versions_pass if {
	rule.violation == set() with input as bucket(false, [])
}
