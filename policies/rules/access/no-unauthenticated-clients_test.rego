package probity.rules.access.no_unauthenticated_clients_test

import data.probity.rules.access.no_unauthenticated_clients as rule

test_test_anybody_fails if {
	rule.violation == {{"fact": "settings.unauthenticated"}} with input as {"settings": {"unauthenticated": true}}
}

test_test_known_clients_pass if {
	rule.violation == set() with input as {"settings": {"unauthenticated": false}}
}
