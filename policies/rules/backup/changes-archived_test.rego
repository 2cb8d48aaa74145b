package probity.rules.backup.changes_archived_test

import data.probity.rules.backup.changes_archived as rule

test_no_archive_fails if {
	rule.violation == {{"fact": "settings.archived"}} with input as {"settings": {"archived": false, "checksums": true}}
}

test_no_checksums_fails if {
	rule.violation == {{"fact": "settings.checksums"}} with input as {"settings": {"archived": true, "checksums": false}}
}

test_good_passes if {
	rule.violation == set() with input as {"settings": {"archived": true, "checksums": true}}
}
