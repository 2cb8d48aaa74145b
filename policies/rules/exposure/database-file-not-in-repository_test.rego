package probity.rules.exposure.database_file_not_in_repository_test

import data.probity.rules.exposure.database_file_not_in_repository as rule

file(tracked, category) := {"settings": {"tracked": tracked}, "labels": [{"category": category}]}

test_tracked_fails if {
	rule.violation == {{"fact": "settings.tracked"}} with input as file(true, "contact")
}

test_others_pass if {
	rule.violation == set() with input as file(false, "contact")
	rule.violation == set() with input as file(true, "credential")
}
