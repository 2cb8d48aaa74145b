package probity.rules.personaldata.personal_data_waits_in_queues_test

import data.probity.rules.personaldata.personal_data_waits_in_queues as rule

queue(days, category) := {"retention": {"rules": [{"days": days}]}, "labels": [{"category": category}]}

test_two_weeks_fail if {
	rule.violation == {{"fact": "retention.rules"}} with input as queue(14, "contact")
}

test_four_days_pass if {
	rule.violation == set() with input as queue(4, "contact")
}

test_nobodys_data_passes if {
	rule.violation == set() with input as queue(14, "credential")
}
