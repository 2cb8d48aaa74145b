package probity.rules.encryption.catalog_passwords_encrypted_test

import data.probity.rules.encryption.catalog_passwords_encrypted as rule

test_passwords_encrypted_false_fails if {
	rule.violation == {{"fact": "settings.passwords_encrypted"}} with input as {"settings": {"passwords_encrypted": false}}
}

test_passwords_encrypted_true_passes if {
	rule.violation == set() with input as {"settings": {"passwords_encrypted": true}}
}
