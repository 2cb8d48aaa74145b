package probity.rules.access.fine_grained_search_access_test

import data.probity.rules.access.fine_grained_search_access as rule

test_test_without_users_fails if {
	rule.violation == {{"fact": "settings.fine_grained"}} with input as {"settings": {"fine_grained": false}}
}

test_test_with_users_passes if {
	rule.violation == set() with input as {"settings": {"fine_grained": true}}
}
