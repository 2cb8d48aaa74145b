package probity.rules.logging.data_events_logged_test

import data.probity.rules.logging.data_events_logged as rule

table(events, category) := {"audit": {"data_events": events}, "labels": [{"category": category}]}

test_untraced_personal_table_fails if {
	rule.violation == {{"fact": "audit.data_events"}} with input as table(false, "contact")
}

test_traced_table_passes if {
	rule.violation == set() with input as table(true, "contact")
}

test_table_without_personal_data_passes if {
	rule.violation == set() with input as table(false, "credential")
}
