package probity.rules.access.idle_sessions_end_test

import data.probity.rules.access.idle_sessions_end as rule

test_bad_fails if {
	rule.violation == {{"fact": "settings.idle_ends"}} with input as {"settings": {"idle_ends": false}}
}

test_good_passes if {
	rule.violation == set() with input as {"settings": {"idle_ends": true}}
}
