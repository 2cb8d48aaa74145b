package probity.rules.backup.backup_retention_test

import data.probity.rules.backup.backup_retention as rule

test_backups_off_fail if {
	rule.violation == {{"fact": "resilience.backup_days"}} with input as {"resilience": {"backup_days": 0}}
}

test_six_days_fail if {
	rule.violation == {{"fact": "resilience.backup_days"}} with input as {"resilience": {"backup_days": 6}}
}

test_a_week_passes if {
	rule.violation == set() with input as {"resilience": {"backup_days": 7}}
}
