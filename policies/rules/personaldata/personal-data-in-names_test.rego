package probity.rules.personaldata.personal_data_in_names_test

import data.probity.rules.personaldata.personal_data_in_names as rule

store(name, tags) := {"name": name, "tags": tags}

test_clean_names_pass if {
	rule.violation == set() with input as store("a", {"env": "prod"})
}

test_name_fails if {
	rule.violation == {{"fact": "name", "element": "‹email›~0a"}} with input as store("‹email›~0a", {})
}

test_value_of_a_tag_fails if {
	rule.violation == {{"fact": "tags", "element": "patient"}} with input as store("a", {"patient": "‹us-ssn›~0a"})
}

test_key_of_a_tag_fails if {
	rule.violation == {{"fact": "tags", "element": "‹email›~0a"}} with input as store("a", {"‹email›~0a": "x"})
}
