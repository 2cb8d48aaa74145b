package probity.rules.logging.object_events_recorded_test

import data.probity.rules.logging.object_events_recorded as rule

test_silent_bucket_fails if {
	rule.violation == {{"fact": "audit.data_events"}} with input as {"audit": {"data_events": false}}
}

test_recorded_bucket_passes if {
	rule.violation == set() with input as {"audit": {"data_events": true}}
}
