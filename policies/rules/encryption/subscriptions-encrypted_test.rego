package probity.rules.encryption.subscriptions_encrypted_test

import data.probity.rules.encryption.subscriptions_encrypted as rule

test_test_plain_fails if {
	rule.violation == {{"fact": "settings.plain_endpoints", "element": "x"}} with input as {"settings": {"plain_endpoints": ["x"]}}
}

test_test_encrypted_passes if {
	rule.violation == set() with input as {"settings": {"plain_endpoints": []}}
}
