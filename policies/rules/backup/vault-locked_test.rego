package probity.rules.backup.vault_locked_test

import data.probity.rules.backup.vault_locked as rule

test_test_no_lock_fails if {
	rule.violation == {{"fact": "settings.locked"}} with input as {"settings": {"locked": false}, "retention": {"lock_days": {"set": false}}}
}

test_test_an_empty_lock_fails if {
	rule.violation == {{"fact": "retention.lock_days"}} with input as {"settings": {"locked": true}, "retention": {"lock_days": {"set": false}}}
}

test_test_locked_passes if {
	rule.violation == set() with input as {"settings": {"locked": true}, "retention": {"lock_days": {"set": true, "value": 30}}}
}
