package probity.rules.encryption.uploads_name_key_test

import data.probity.rules.encryption.uploads_name_key as rule

bucket(manager, demands) := {"encryption": {"key_manager": manager}, "settings": {"demands_key": demands}}

test_any_key_fails if {
	rule.violation == {{"fact": "settings.demands_key"}} with input as bucket("customer-managed", false)
}

test_own_key_passes if {
	rule.violation == set() with input as bucket("customer-managed", true)
}

test_keys_of_s3_pass if {
	rule.violation == set() with input as bucket("provider-owned", false)
}
