package probity.rules.encryption.replicas_name_key_test

import data.probity.rules.encryption.replicas_name_key as rule

bucket(manager, copies) := {"encryption": {"key_manager": manager}, "settings": {"keyless_replicas": copies}}

test_copy_without_a_key_fails if {
	rule.violation == {{"fact": "settings.keyless_replicas", "element": "arn:aws:s3:::copy"}} with input as bucket("customer-managed", ["arn:aws:s3:::copy"])
}

test_copies_under_keys_pass if {
	rule.violation == set() with input as bucket("customer-managed", [])
}

test_objects_under_keys_of_s3_pass if {
	rule.violation == set() with input as bucket("provider-owned", ["arn:aws:s3:::copy"])
}
