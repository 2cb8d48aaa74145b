package probity.rules.backup.backups_outlive_the_database_test

import data.probity.rules.backup.backups_outlive_the_database as rule

test_bad_fails if {
	rule.violation == {{"fact": "settings.backups_survive"}} with input as {"settings": {"backups_survive": false}}
}

test_good_passes if {
	rule.violation == set() with input as {"settings": {"backups_survive": true}}
}
