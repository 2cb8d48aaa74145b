package probity.rules.encryption.delivered_with_key_test

import data.probity.rules.encryption.delivered_with_key as rule

test_test_without_key_fails if {
	rule.violation == {{"fact": "settings.destination_key"}} with input as {"settings": {"destination_key": false}}
}

test_test_with_key_passes if {
	rule.violation == set() with input as {"settings": {"destination_key": true}}
}
