package probity.rules.personaldata.password_readable_test

import data.probity.rules.personaldata.password_readable as rule

store(detector, protection) := {"labels": [{"detector": detector, "on": "login", "protection": protection}]}

test_clear_fails if {
	rule.violation == {{"fact": "labels", "element": "login"}} with input as store("password-field", "clear")
}

test_weakly_hashed_fails if {
	rule.violation == {{"fact": "labels", "element": "login"}} with input as store("password-hash-weak", "clear")
}

test_hashed_passes if {
	rule.violation == set() with input as store("password-hash", "keyed-hash")
}

test_unknown_form_passes if {
	rule.violation == set() with input as store("password-field", "field-encrypted")
}
