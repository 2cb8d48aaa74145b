package probity.rules.retention.deleted_rows_gone_test

import data.probity.rules.retention.deleted_rows_gone as rule

file(freed, category) := {"settings": {"freed_rows": freed}, "labels": [{"category": category}]}

test_left_fails if {
	rule.violation == {{"fact": "settings.freed_rows"}} with input as file(true, "contact")
}

test_gone_passes if {
	rule.violation == set() with input as file(false, "contact")
}

test_nobodys_data_passes if {
	rule.violation == set() with input as file(true, "credential")
}
