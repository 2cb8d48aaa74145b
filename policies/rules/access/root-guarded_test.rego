package probity.rules.access.root_guarded_test

import data.probity.rules.access.root_guarded as rule

account(mfa, keys) := {"settings": {"root_mfa": mfa, "root_access_keys": keys}}

test_both_faults_are_findings if {
	rule.violation == {{"fact": "settings.root_mfa"}, {"fact": "settings.root_access_keys"}} with input as account(false, true)
}

test_guarded_root_passes if {
	rule.violation == set() with input as account(true, false)
}
