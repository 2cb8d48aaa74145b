package probity.rules.exposure.store_network_policy_test

import data.probity.rules.exposure.store_network_policy as rule

test_uncovered_store_fails if {
	rule.violation == {{"fact": "settings.network_policy"}} with input as {"settings": {"network_policy": false}}
}

test_covered_store_passes if {
	rule.violation == set() with input as {"settings": {"network_policy": true}}
}
