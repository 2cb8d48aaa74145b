package probity.rules.exposure.shares_to_private_warehouses_test

import data.probity.rules.exposure.shares_to_private_warehouses as rule

test_test_public_readers_fail if {
	rule.violation == {{"fact": "settings.public_consumers"}} with input as {"settings": {"public_consumers": true}}
}

test_test_private_readers_pass if {
	rule.violation == set() with input as {"settings": {"public_consumers": false}}
}
