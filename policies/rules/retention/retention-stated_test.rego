package probity.rules.retention.retention_stated_test

import data.probity.rules.retention.retention_stated as rule

store(kind, stated, activities) := {
	"kind": kind,
	"labels": [{"category": "contact"}],
	"retention": {"stated_days": stated},
	"activities": activities,
}

none := {"set": false}

test_nothing_stated_fails if {
	rule.violation == {{"fact": "activities"}} with input as store("aws.s3.bucket", none, [])
	rule.violation == {{"fact": "activities"}} with input as store("postgres.table", none, [])
}

test_activity_passes if {
	rule.violation == set() with input as store("redis.database", none, [{"retention_days": 30}])
}

test_tag_or_remark_passes if {
	rule.violation == set() with input as store("aws.s3.bucket", {"set": true, "value": 730}, [])
	rule.violation == set() with input as store("mysql.table", {"set": true, "value": 30}, [])
}

test_others_pass if {
	rule.violation == set() with input as {"kind": "aws.s3.bucket", "labels": [], "activities": []}
}
