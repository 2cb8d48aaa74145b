package probity.rules.access.etcd_clients_certified_test

import data.probity.rules.access.etcd_clients_certified as rule

test_anybody_fails if {
	rule.violation == {{"fact": "settings.client_certificates"}} with input as {"settings": {"client_certificates": false}}
}

test_certificates_pass if {
	rule.violation == set() with input as {"settings": {"client_certificates": true}}
}
