package probity.rules.encryption.encryption_at_rest_test

import data.probity.rules.encryption.encryption_at_rest as rule

test_clear_volume_fails if {
	rule.violation == {{"fact": "encryption.at_rest"}} with input as {"encryption": {"at_rest": false}}
}

test_encrypted_volume_passes if {
	rule.violation == set() with input as {"encryption": {"at_rest": true}}
}
