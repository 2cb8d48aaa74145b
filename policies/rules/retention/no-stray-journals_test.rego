package probity.rules.retention.no_stray_journals_test

import data.probity.rules.retention.no_stray_journals as rule

test_bad_fails if {
	rule.violation == {{"fact": "settings.leftovers", "element": "app.db-wal"}} with input as {"settings": {"leftovers": ["app.db-wal"]}}
}

test_good_passes if {
	rule.violation == set() with input as {"settings": {"leftovers": []}}
}
