package probity.rules.access.state_guarded_test

import data.probity.rules.access.state_guarded as rule

state(backend, encrypt, locked) := {"settings": {"backend": backend, "encrypt": encrypt, "locked": locked}}

test_local_file_fails if {
	rule.violation == {{"fact": "settings.backend"}} with input as state("local", false, true)
}

test_clear_state_fails if {
	rule.violation == {{"fact": "settings.encrypt"}} with input as state("s3", false, true)
}

test_state_without_lock_fails if {
	rule.violation == {{"fact": "settings.locked"}} with input as state("s3", true, false)
}

test_guarded_state_passes if {
	rule.violation == set() with input as state("s3", true, true)
}
