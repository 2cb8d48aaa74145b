package probity.rules.encryption.query_results_encrypted_test

import data.probity.rules.encryption.query_results_encrypted as rule

test_test_nothing_said_fails if {
	rule.violation == {{"fact": "settings.encryption_set"}} with input as {"settings": {"encryption_set": false}}
}

test_test_said_passes if {
	rule.violation == set() with input as {"settings": {"encryption_set": true}}
}
