package probity.rules.personaldata.credential_in_store_test

import data.probity.rules.personaldata.credential_in_store as rule

store(category, protection) := {"labels": [{"detector": "aws-access-key", "category": category, "on": "notes.txt", "protection": protection}]}

test_clear_key_fails if {
	rule.violation == {{"fact": "labels", "element": "notes.txt"}} with input as store("credential", "clear")
}

test_hashed_key_passes if {
	rule.violation == set() with input as store("credential", "keyed-hash")
}

test_personal_data_passes if {
	rule.violation == set() with input as store("contact", "clear")
}

test_passwords_are_no_keys if {
	every detector in ["password-field", "password-hash-weak", "password-hash"] {
		rule.violation == set() with input as {"labels": [{"detector": detector, "category": "credential", "protection": "clear", "on": "password"}]}
	}
}
