package probity.rules.backup.backups_outlive_their_vault_test

import data.probity.rules.backup.backups_outlive_their_vault as rule

vault(locked, copied) := {"settings": {"locked": locked, "copied": copied}}

test_only_copy_without_lock_fails if {
	rule.violation == {{"fact": "settings.copied"}} with input as vault(false, false)
}

test_lock_passes if {
	rule.violation == set() with input as vault(true, false)
}

test_copy_passes if {
	rule.violation == set() with input as vault(false, true)
}
