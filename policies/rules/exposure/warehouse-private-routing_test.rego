package probity.rules.exposure.warehouse_private_routing_test

import data.probity.rules.exposure.warehouse_private_routing as rule

test_test_around_fails if {
	rule.violation == {{"fact": "settings.enhanced_vpc_routing"}} with input as {"settings": {"enhanced_vpc_routing": false}}
}

test_test_through_passes if {
	rule.violation == set() with input as {"settings": {"enhanced_vpc_routing": true}}
}
