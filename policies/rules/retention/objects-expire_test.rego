package probity.rules.retention.objects_expire_test

import data.probity.rules.retention.objects_expire as rule

test_bucket_without_end_fails if {
	rule.violation == {{"fact": "retention.rules"}} with input as {"retention": {"rules": [{"noncurrent": true}]}}
}

test_bucket_with_end_passes if {
	rule.violation == set() with input as {"retention": {"rules": [{"noncurrent": false}]}}
}
