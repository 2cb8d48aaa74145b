package user.TOPIC.PACKAGE_test

import data.user.TOPIC.PACKAGE as rule

test_a_week_fails if {
	rule.violation == {{"fact": "resilience.backup_days"}} with input as {"class": "database", "resilience": {"backup_days": 7}}
}

test_a_month_passes if {
	rule.violation == set() with input as {"class": "database", "resilience": {"backup_days": 30}}
}
