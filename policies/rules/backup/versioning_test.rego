package probity.rules.backup.versioning_test

import data.probity.rules.backup.versioning as rule

test_no_versions_fail if {
	rule.violation == {{"fact": "resilience.versioning"}} with input as {"resilience": {"versioning": false}}
}

test_versions_pass if {
	rule.violation == set() with input as {"resilience": {"versioning": true}}
}
