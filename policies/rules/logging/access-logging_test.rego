package probity.rules.logging.access_logging_test

import data.probity.rules.logging.access_logging as rule

bucket(access, events) := {"audit": {"access": access, "data_events": events}}

test_no_trace_fails if {
	rule.violation == {{"fact": "audit.access"}} with input as bucket(false, false)
}

test_either_trace_passes if {
	rule.violation == set() with input as bucket(true, false)
	rule.violation == set() with input as bucket(false, true)
}
