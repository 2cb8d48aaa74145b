package probity.rules.retention.uploads_end_test

import data.probity.rules.retention.uploads_end as rule

test_no_rule_fails if {
	rule.violation == {{"fact": "settings.uploads_end"}} with input as {"settings": {"uploads_end": false}}
}

test_rule_passes if {
	rule.violation == set() with input as {"settings": {"uploads_end": true}}
}
