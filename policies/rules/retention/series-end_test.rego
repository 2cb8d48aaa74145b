package probity.rules.retention.series_end_test

import data.probity.rules.retention.series_end as rule

table(rules) := {"retention": {"rules": rules}}

test_no_end_fails if {
	rule.violation == {{"fact": "retention.rules"}} with input as table([])
}

test_two_hundred_years_fail if {
	rule.violation == {{"fact": "retention.rules"}} with input as table([{"on": [], "days": 73000}])
}

test_a_year_passes if {
	rule.violation == set() with input as table([{"on": [], "days": 400}])
}
