package probity.rules.backup.personal_data_backed_up_test

import data.probity.rules.backup.personal_data_backed_up as rule

store(class, resilience) := {"class": class, "resilience": resilience, "labels": [{"category": "contact"}]}

test_a_database_without_backups_fails if {
	rule.violation == {{"fact": "resilience.backup_days"}} with input as store("database", {"backup_days": 0})
}

test_a_database_with_backups_passes if {
	rule.violation == set() with input as store("database", {"backup_days": 7})
}

test_a_table_without_any_fails if {
	rule.violation == {{"fact": "resilience.point_in_time"}} with input as store("table", {"point_in_time": false, "backup_days": 0})
}

test_a_table_in_a_plan_passes if {
	rule.violation == set() with input as store("table", {"point_in_time": false, "backup_days": 35})
}

test_a_bucket_without_any_fails if {
	rule.violation == {{"fact": "resilience.versioning"}} with input as store("bucket", {"versioning": false, "backup_days": 0})
}

test_a_bucket_with_versions_passes if {
	rule.violation == set() with input as store("bucket", {"versioning": true, "backup_days": 0})
}
