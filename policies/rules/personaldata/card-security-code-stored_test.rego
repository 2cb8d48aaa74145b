package probity.rules.personaldata.card_security_code_stored_test

import data.probity.rules.personaldata.card_security_code_stored as rule

store(detector) := {"labels": [{"detector": detector, "on": "cvv"}]}

test_code_fails if {
	rule.violation == {{"fact": "labels", "element": "cvv"}} with input as store("card-security-code")
}

test_track_fails if {
	rule.violation == {{"fact": "labels", "element": "cvv"}} with input as store("card-track")
}

test_other_passes if {
	rule.violation == set() with input as store("iban")
}
