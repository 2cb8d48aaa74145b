package probity.rules.encryption.volumes_encrypted_by_default_test

import data.probity.rules.encryption.volumes_encrypted_by_default as rule

test_default_off_fails if {
	rule.violation == {{"fact": "settings.ebs_encryption"}} with input as {"settings": {"ebs_encryption": false}}
}

test_default_on_passes if {
	rule.violation == set() with input as {"settings": {"ebs_encryption": true}}
}
