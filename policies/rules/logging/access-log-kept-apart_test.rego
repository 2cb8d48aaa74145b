package probity.rules.logging.access_log_kept_apart_test

import data.probity.rules.logging.access_log_kept_apart as rule

bucket(itself, sink) := {"audit": {"access": true, "sink": object.union({"public": false, "expires": true}, sink)}, "settings": {"logs_to_itself": itself}}

test_log_of_itself_fails if {
	rule.violation == {{"fact": "settings.logs_to_itself"}} with input as bucket(true, {"expires": false})
}

test_public_log_fails if {
	rule.violation == {{"fact": "audit.sink.public"}} with input as bucket(false, {"public": true})
}

test_endless_log_fails if {
	rule.violation == {{"fact": "audit.sink.expires"}} with input as bucket(false, {"expires": false})
}

test_kept_well_passes if {
	rule.violation == set() with input as bucket(false, {})
}
