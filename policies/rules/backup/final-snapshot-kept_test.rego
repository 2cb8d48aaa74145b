package probity.rules.backup.final_snapshot_kept_test

import data.probity.rules.backup.final_snapshot_kept as rule

test_test_skipped_fails if {
	rule.violation == {{"fact": "settings.skip_final_snapshot"}} with input as {"settings": {"skip_final_snapshot": true}}
}

test_test_kept_passes if {
	rule.violation == set() with input as {"settings": {"skip_final_snapshot": false}}
}
