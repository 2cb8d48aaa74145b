package probity.rules.encryption.ingress_tls_test

import data.probity.rules.encryption.ingress_tls as rule

test_clear_host_fails if {
	rule.violation == {{"fact": "settings.clear_hosts", "element": "a.example.org"}} with input as {"settings": {"clear_hosts": ["a.example.org"]}}
}

test_tls_passes if {
	rule.violation == set() with input as {"settings": {"clear_hosts": []}}
}
