package probity.rules.encryption.customer_managed_key_test

import data.probity.rules.encryption.customer_managed_key as rule

store(manager) := {"encryption": {"key_manager": manager}}

test_provider_keys_fail if {
	rule.violation == {{"fact": "encryption.key_manager"}} with input as store("provider-owned")
	rule.violation == {{"fact": "encryption.key_manager"}} with input as store("provider-managed")
}

test_customer_key_passes if {
	rule.violation == set() with input as store("customer-managed")
}

# Without any key encryption-at-rest speaks.
test_clear_store_passes if {
	rule.violation == set() with input as store("none")
}
