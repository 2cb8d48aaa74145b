package probity.rules.encryption.connections_encrypted_test

import data.probity.rules.encryption.connections_encrypted as rule

test_clear_fails if {
	rule.violation == {{"fact": "encryption.in_transit"}} with input as {"encryption": {"in_transit": false}}
}

test_tls_passes if {
	rule.violation == set() with input as {"encryption": {"in_transit": true}}
}
