package probity.rules.exposure.database_file_not_served_test

import data.probity.rules.exposure.database_file_not_served as rule

file(served, category) := {"settings": {"web_root": served}, "labels": [{"category": category}]}

test_served_fails if {
	rule.violation == {{"fact": "settings.web_root"}} with input as file(true, "contact")
}

test_elsewhere_passes if {
	rule.violation == set() with input as file(false, "contact")
}

test_nobodys_data_passes if {
	rule.violation == set() with input as file(true, "credential")
}
