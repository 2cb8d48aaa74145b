package probity.rules.logging.log_of_personal_data_closed_test

import data.probity.rules.logging.log_of_personal_data_closed as rule

store(public, category) := {"audit": {"sink": {"public": public}}, "labels": [{"category": category}]}

test_open_log_of_people_fails if {
	rule.violation == {{"fact": "audit.sink.public"}} with input as store(true, "contact")
}

test_closed_log_passes if {
	rule.violation == set() with input as store(false, "contact")
}

test_log_of_no_people_passes if {
	rule.violation == set() with input as {"audit": {"sink": {"public": true}}, "labels": []}
}
