package probity.rules.encryption.table_files_encrypted_test

import data.probity.rules.encryption.table_files_encrypted as rule

table(on, category) := {"settings": {"encrypted": on}, "labels": [{"category": category}]}

test_clear_fails if {
	rule.violation == {{"fact": "settings.encrypted"}} with input as table(false, "contact")
}

test_encrypted_passes if {
	rule.violation == set() with input as table(true, "contact")
}

test_nobodys_data_passes if {
	rule.violation == set() with input as table(false, "credential")
}
