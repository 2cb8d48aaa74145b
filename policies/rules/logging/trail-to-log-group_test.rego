package probity.rules.logging.trail_to_log_group_test

import data.probity.rules.logging.trail_to_log_group as rule

trail(group, delivered) := {"now": "2026-11-28T12:00:00Z", "settings": {"to_log_group": group, "delivered": delivered}}

test_no_group_fails if {
	rule.violation == {{"fact": "settings.to_log_group"}} with input as trail(false, {"set": false})
}

test_silence_fails if {
	rule.violation == {{"fact": "settings.delivered"}} with input as trail(true, {"set": true, "value": "2026-11-01T00:00:00Z"})
}

test_fresh_events_pass if {
	rule.violation == set() with input as trail(true, {"set": true, "value": "2026-11-28T11:00:00Z"})
}

test_new_trail_passes if {
	rule.violation == set() with input as trail(true, {"set": false})
}
