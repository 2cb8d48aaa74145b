package probity.rules.access.replicas_in_known_accounts_test

import data.probity.rules.access.replicas_in_known_accounts as rule

test_bad_fails if {
	rule.violation == {{"fact": "settings.replica_accounts", "element": "222222222222"}} with input as {"settings": {"replica_accounts": ["222222222222"]}} with data.config.trusted_accounts as ["111111111111"]
}

test_good_passes if {
	rule.violation == set() with input as {"settings": {"replica_accounts": ["111111111111"]}} with data.config.trusted_accounts as ["111111111111"]
}
