package probity.rules.exposure.private_subnets_test

import data.probity.rules.exposure.private_subnets as rule

test_test_public_subnet_fails if {
	rule.violation == {{"fact": "settings.public_subnet"}} with input as {"settings": {"public_subnet": true}}
}

test_test_private_subnet_passes if {
	rule.violation == set() with input as {"settings": {"public_subnet": false}}
}
