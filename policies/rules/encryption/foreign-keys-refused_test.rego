package probity.rules.encryption.foreign_keys_refused_test

import data.probity.rules.encryption.foreign_keys_refused as rule

test_customer_keys_blocked_false_fails if {
	rule.violation == {{"fact": "settings.customer_keys_blocked"}} with input as {"settings": {"customer_keys_blocked": false}}
}

test_customer_keys_blocked_true_passes if {
	rule.violation == set() with input as {"settings": {"customer_keys_blocked": true}}
}
