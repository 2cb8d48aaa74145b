package probity.rules.logging.model_log_guarded_test

import data.probity.rules.logging.model_log_guarded as rule

log(public, key, expires) := {"audit": {"sink": {"public": public, "own_key": key, "expires": expires}}}

test_each_fault_is_a_finding if {
	rule.violation == {{"fact": "audit.sink.public"}, {"fact": "audit.sink.own_key"}, {"fact": "audit.sink.expires"}} with input as log(true, false, false)
}

test_guarded_log_passes if {
	rule.violation == set() with input as log(false, true, true)
}
