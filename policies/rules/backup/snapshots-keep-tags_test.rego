package probity.rules.backup.snapshots_keep_tags_test

import data.probity.rules.backup.snapshots_keep_tags as rule

test_test_without_tags_fails if {
	rule.violation == {{"fact": "settings.copy_tags"}} with input as {"settings": {"copy_tags": false}}
}

test_test_with_tags_passes if {
	rule.violation == set() with input as {"settings": {"copy_tags": true}}
}
