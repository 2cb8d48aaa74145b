package probity.rules.logging.trail_store_guarded_test

import data.probity.rules.logging.trail_store_guarded as rule

trail(public, logged, locked) := {"audit": {"sink": {"public": public, "access_logged": logged, "locked": locked}}}

test_each_fault_is_a_finding if {
	rule.violation == {{"fact": "audit.sink.public"}, {"fact": "audit.sink.access_logged"}, {"fact": "audit.sink.locked"}} with input as trail(true, false, false)
}

test_guarded_bucket_passes if {
	rule.violation == set() with input as trail(false, true, true)
}
