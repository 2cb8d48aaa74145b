package probity.rules.retention.personal_backup_ends_test

import data.probity.rules.retention.personal_backup_ends as rule

test_test_a_copy_without_end_fails if {
	rule.violation == {{"fact": "retention.rules"}} with input as {"labels": [{"category": "contact"}], "retention": {"rules": []}}
}

test_test_a_copy_that_ends_passes if {
	rule.violation == set() with input as {"labels": [{"category": "contact"}], "retention": {"rules": [{"days": 35}]}}
}

test_test_a_copy_of_nothing_personal_passes if {
	rule.violation == set() with input as {"labels": [], "retention": {"rules": []}}
}
