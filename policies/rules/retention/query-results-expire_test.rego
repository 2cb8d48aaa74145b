package probity.rules.retention.query_results_expire_test

import data.probity.rules.retention.query_results_expire as rule

bucket(rules) := [{"kind": "contained-in", "asset": {"class": "bucket", "retention": {"rules": rules}}}]

at(location, rules) := {"settings": {"results": location}, "links": bucket(rules)}

test_results_that_stay_fail if {
	rule.violation == {{"fact": "settings.results"}} with input as at("s3://b/results/", [])
}

test_another_prefix_does_not_help if {
	rule.violation == {{"fact": "settings.results"}} with input as at("s3://b/results/", [{"days": 7, "noncurrent": false, "on": ["logs/"]}])
}

test_a_year_is_too_long if {
	rule.violation == {{"fact": "settings.results"}} with input as at("s3://b/results/", [{"days": 365, "noncurrent": false, "on": []}])
}

test_a_week_passes if {
	rule.violation == set() with input as at("s3://b/results/", [{"days": 7, "noncurrent": false, "on": ["results/"]}])
	rule.violation == set() with input as at("s3://b/results/", [{"days": 7, "noncurrent": false, "on": []}])
}
