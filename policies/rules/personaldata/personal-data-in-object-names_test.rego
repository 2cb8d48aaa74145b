package probity.rules.personaldata.personal_data_in_object_names_test

import data.probity.rules.personaldata.personal_data_in_object_names as rule

test_plain_object_passes if {
	rule.violation == set() with input as {"labels": [{"on": "people.csv:email"}]}
}

test_masked_object_fails if {
	found := rule.violation with input as {"labels": [{"on": "‹email›.csv:name~0a"}]}
	found == {{"fact": "labels", "element": "‹email›.csv:name~0a"}}
}
