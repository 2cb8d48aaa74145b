package probity.rules.logging.logs_kept_long_enough_test

import data.probity.rules.logging.logs_kept_long_enough as rule

log(days) := {"retention": {"rules": [{"days": days, "noncurrent": false}]}}

test_a_week_fails if {
	rule.violation == {{"fact": "retention.rules"}} with input as log(7)
}

test_a_month_passes if {
	rule.violation == set() with input as log(30)
}

test_for_ever_passes if {
	rule.violation == set() with input as {"retention": {"rules": []}}
}
