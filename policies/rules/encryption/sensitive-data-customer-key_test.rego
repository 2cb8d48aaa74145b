package probity.rules.encryption.sensitive_data_customer_key_test

import data.probity.rules.encryption.sensitive_data_customer_key as rule

store(manager, category) := {"encryption": {"key_manager": manager}, "labels": [{"category": category}]}

test_health_data_under_provider_key_fails if {
	rule.violation == {{"fact": "encryption.key_manager"}} with input as store("provider-owned", "health")
}

test_customer_key_passes if {
	rule.violation == set() with input as store("customer-managed", "health")
}

test_contact_data_passes if {
	rule.violation == set() with input as store("provider-managed", "contact")
}

# Without any key encryption-at-rest speaks.
test_clear_store_passes if {
	rule.violation == set() with input as store("none", "health")
}
