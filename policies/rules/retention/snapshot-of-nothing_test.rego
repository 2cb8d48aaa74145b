package probity.rules.retention.snapshot_of_nothing_test

import data.probity.rules.retention.snapshot_of_nothing as rule

test_test_without_source_fails if {
	rule.violation == {{"fact": "settings.source_gone"}} with input as {"settings": {"source_gone": true}, "retention": {"rules": []}}
}

test_test_with_source_passes if {
	rule.violation == set() with input as {"settings": {"source_gone": false}, "retention": {"rules": []}}
}

test_test_one_that_ends_passes if {
	rule.violation == set() with input as {"settings": {"source_gone": true}, "retention": {"rules": [{"days": 30}]}}
}
