package probity.rules.logging.personal_data_reads_recorded_test

import data.probity.rules.logging.personal_data_reads_recorded as rule

store(kind, access, events) := {"kind": kind, "audit": {"access": access, "data_events": events}, "labels": [{"category": "contact"}]}

test_bucket_fails if {
	rule.violation == {{"fact": "audit.access"}} with input as store("aws.s3.bucket", false, false)
}

test_table_fails if {
	rule.violation == {{"fact": "audit.data_events"}} with input as store("aws.dynamodb.table", true, false)
}

test_database_fails if {
	rule.violation == {{"fact": "audit.access"}} with input as store("aws.rds.instance", false, true)
}

test_recorded_pass if {
	rule.violation == set() with input as store("aws.s3.bucket", false, true)
	rule.violation == set() with input as store("aws.dynamodb.table", false, true)
	rule.violation == set() with input as store("aws.rds.instance", true, false)
}
