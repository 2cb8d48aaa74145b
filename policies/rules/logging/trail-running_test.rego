package probity.rules.logging.trail_running_test

import data.probity.rules.logging.trail_running as rule

trail(logging, management) := {"settings": {"logging": logging, "management_events": management}}

test_stopped_trail_fails if {
	rule.violation == {{"fact": "settings.logging"}} with input as trail(false, true)
}

test_trail_without_changes_fails if {
	rule.violation == {{"fact": "settings.management_events"}} with input as trail(true, false)
}

test_running_trail_passes if {
	rule.violation == set() with input as trail(true, true)
}
