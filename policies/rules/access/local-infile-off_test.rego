package probity.rules.access.local_infile_off_test

import data.probity.rules.access.local_infile_off as rule

test_bad_fails if {
	rule.violation == {{"fact": "settings.local_infile"}} with input as {"settings": {"local_infile": true}}
}

test_good_passes if {
	rule.violation == set() with input as {"settings": {"local_infile": false}}
}
