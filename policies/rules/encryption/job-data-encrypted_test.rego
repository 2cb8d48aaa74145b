package probity.rules.encryption.job_data_encrypted_test

import data.probity.rules.encryption.job_data_encrypted as rule

test_test_nothing_encrypted_fails if {
	rule.violation == {{"fact": "settings.output_encrypted"}, {"fact": "settings.logs_encrypted"}, {"fact": "settings.bookmarks_encrypted"}} with input as {"settings": {"output_encrypted": false, "logs_encrypted": false, "bookmarks_encrypted": false}}
}

test_test_all_encrypted_passes if {
	rule.violation == set() with input as {"settings": {"output_encrypted": true, "logs_encrypted": true, "bookmarks_encrypted": true}}
}
