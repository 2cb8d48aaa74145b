package probity.rules.encryption.key_stays_test

import data.probity.rules.encryption.key_stays as rule

test_dying_key_fails if {
	rule.violation == {{"fact": "encryption.key_usable"}} with input as {"encryption": {"key_usable": false}}
}

test_living_key_passes if {
	rule.violation == set() with input as {"encryption": {"key_usable": true}}
}
