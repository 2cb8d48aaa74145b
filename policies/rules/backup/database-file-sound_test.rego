package probity.rules.backup.database_file_sound_test

import data.probity.rules.backup.database_file_sound as rule

test_fault_fails if {
	rule.violation == {{"fact": "settings.sound"}} with input as {"settings": {"sound": false}}
}

test_sound_passes if {
	rule.violation == set() with input as {"settings": {"sound": true}}
}
