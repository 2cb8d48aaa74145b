package probity.rules.access.warehouse_endpoints_for_known_accounts_test

import data.probity.rules.access.warehouse_endpoints_for_known_accounts as rule

test_a_stranger_fails if {
	rule.violation == {{"fact": "settings.consumers", "element": "222222222222"}} with input as {"settings": {"consumers": ["222222222222"]}}
		with data.config.trusted_accounts as ["111111111111"]
}

test_a_trusted_account_passes if {
	rule.violation == set() with input as {"settings": {"consumers": ["111111111111"]}}
		with data.config.trusted_accounts as ["111111111111"]
}
