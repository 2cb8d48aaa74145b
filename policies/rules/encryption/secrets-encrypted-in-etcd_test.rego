package probity.rules.encryption.secrets_encrypted_in_etcd_test

import data.probity.rules.encryption.secrets_encrypted_in_etcd as rule

test_clear_fails if {
	rule.violation == {{"fact": "settings.secrets_encrypted"}} with input as {"settings": {"secrets_encrypted": false}}
}

test_encrypted_passes if {
	rule.violation == set() with input as {"settings": {"secrets_encrypted": true}}
}
