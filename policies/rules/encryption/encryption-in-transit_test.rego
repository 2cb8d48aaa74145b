package probity.rules.encryption.encryption_in_transit_test

import data.probity.rules.encryption.encryption_in_transit as rule

test_clear_connections_fail if {
	rule.violation == {{"fact": "encryption.in_transit"}} with input as {"encryption": {"in_transit": false}}
}

test_tls_only_passes if {
	rule.violation == set() with input as {"encryption": {"in_transit": true}}
}
