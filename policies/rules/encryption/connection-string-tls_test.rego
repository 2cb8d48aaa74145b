package probity.rules.encryption.connection_string_tls_test

import data.probity.rules.encryption.connection_string_tls as rule

test_clear_connection_fails if {
	rule.violation == {{"fact": "settings.clear_connections", "element": "URL"}} with input as {"settings": {"clear_connections": ["URL"]}}
}

test_verified_connection_passes if {
	rule.violation == set() with input as {"settings": {"clear_connections": []}}
}
