package probity.rules.backup.critical_buckets_replicated_test

import data.probity.rules.backup.critical_buckets_replicated as rule

bucket(tags, replicated) := {"tags": tags, "settings": {"replicated": replicated}}

test_critical_bucket_in_one_place_fails if {
	rule.violation == {{"fact": "settings.replicated", "element": "criticality"}} with input as bucket({"criticality": "high"}, false)
}

test_replicated_bucket_passes if {
	rule.violation == set() with input as bucket({"criticality": "high"}, true)
}

test_other_bucket_passes if {
	rule.violation == set() with input as bucket({"criticality": "low"}, false)
}
