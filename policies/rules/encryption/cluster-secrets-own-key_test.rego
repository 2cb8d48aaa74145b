package probity.rules.encryption.cluster_secrets_own_key_test

import data.probity.rules.encryption.cluster_secrets_own_key as rule

test_secrets_kms_false_fails if {
	rule.violation == {{"fact": "settings.secrets_kms"}} with input as {"settings": {"secrets_kms": false}}
}

test_secrets_kms_true_passes if {
	rule.violation == set() with input as {"settings": {"secrets_kms": true}}
}
