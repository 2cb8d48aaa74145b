package probity.rules.logging.connections_logged_test

import data.probity.rules.logging.connections_logged as rule

test_silent_fails if {
	rule.violation == {{"fact": "settings.logs_entries"}} with input as {"settings": {"logs_entries": false}}
}

test_told_passes if {
	rule.violation == set() with input as {"settings": {"logs_entries": true}}
}
