package probity.rules.access.server_files_confined_test

import data.probity.rules.access.server_files_confined as rule

test_bad_fails if {
	rule.violation == {{"fact": "settings.files_anywhere"}} with input as {"settings": {"files_anywhere": true}}
}

test_good_passes if {
	rule.violation == set() with input as {"settings": {"files_anywhere": false}}
}
