package probity.rules.encryption.old_tls_refused_test

import data.probity.rules.encryption.old_tls_refused as rule

test_old_fails if {
	rule.violation == {{"fact": "settings.oldest_tls"}} with input as {"settings": {"oldest_tls": "1.1", "weak_ciphers": []}}
}

test_weak_fails if {
	rule.violation == {{"fact": "settings.weak_ciphers", "element": "RC4"}} with input as {"settings": {"oldest_tls": "1.2", "weak_ciphers": ["RC4"]}}
}

test_new_passes if {
	rule.violation == set() with input as {"settings": {"oldest_tls": "1.2", "weak_ciphers": []}}
}
