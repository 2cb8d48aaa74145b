package probity.rules.backup.mfa_delete_test

import data.probity.rules.backup.mfa_delete as rule

test_mfa_delete_false_fails if {
	rule.violation == {{"fact": "settings.mfa_delete"}} with input as {"settings": {"mfa_delete": false}}
}

test_mfa_delete_true_passes if {
	rule.violation == set() with input as {"settings": {"mfa_delete": true}}
}
