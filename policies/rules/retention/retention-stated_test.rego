package probity.rules.retention.retention_stated_test

import data.probity.rules.retention.retention_stated as rule

store(tags, activities) := {"kind": "aws.s3.bucket", "labels": [{"category": "contact"}], "tags": tags, "activities": activities}

test_nothing_stated_fails if {
	rule.violation == {{"fact": "activities"}} with input as store({"retention": "some time", "team": "30"}, [])
}

test_activity_passes if {
	rule.violation == set() with input as store({}, [{"retention_days": 30}])
}

test_tag_passes if {
	rule.violation == set() with input as store({"Retention": "P2Y"}, [])
	rule.violation == set() with input as store({"data-retention-days": "365"}, [])
}

test_others_pass if {
	rule.violation == set() with input as {"kind": "aws.s3.bucket", "labels": [], "tags": {}, "activities": []}
}
