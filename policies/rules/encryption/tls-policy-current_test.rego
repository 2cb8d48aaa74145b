package probity.rules.encryption.tls_policy_current_test

import data.probity.rules.encryption.tls_policy_current as rule

test_test_old_versions_fail if {
	rule.violation == {{"fact": "settings.tls_policy"}} with input as {"settings": {"tls_policy": "Policy-Min-TLS-1-0-2019-07"}}
}

test_test_old_ciphers_fail if {
	rule.violation == {{"fact": "settings.tls_policy"}} with input as {"settings": {"tls_policy": "TransferSecurityPolicy-2020-06"}}
}

test_test_new_versions_pass if {
	rule.violation == set() with input as {"settings": {"tls_policy": "Policy-Min-TLS-1-2-PFS-2023-10"}}
}

test_test_newest_versions_pass if {
	rule.violation == set() with input as {"settings": {"tls_policy": "Policy-Min-TLS-1-3-2025-01"}}
}

test_test_new_ciphers_pass if {
	rule.violation == set() with input as {"settings": {"tls_policy": "TransferSecurityPolicy-FIPS-2024-05"}}
}
