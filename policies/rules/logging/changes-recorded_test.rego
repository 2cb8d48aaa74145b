package probity.rules.logging.changes_recorded_test

import data.probity.rules.logging.changes_recorded as rule

recorder(on, missed) := {"settings": {"on": on, "missed": missed}}

test_stopped_fails if {
	rule.violation == {{"fact": "settings.on", "element": "anything"}} with input as recorder(false, [])
}

test_buckets_left_out_fail if {
	rule.violation == {{"fact": "settings.missed", "element": "AWS::S3::Bucket"}} with input as recorder(true, ["AWS::S3::Bucket"])
}

test_running_passes if {
	rule.violation == set() with input as recorder(true, [])
}
