package probity.rules.exposure.listens_on_named_addresses_test

import data.probity.rules.exposure.listens_on_named_addresses as rule

test_bad_fails if {
	rule.violation == {{"fact": "settings.everywhere"}} with input as {"settings": {"everywhere": true}}
}

test_good_passes if {
	rule.violation == set() with input as {"settings": {"everywhere": false}}
}
