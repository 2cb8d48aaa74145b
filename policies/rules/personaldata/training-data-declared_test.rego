package probity.rules.personaldata.training_data_declared_test

import data.probity.rules.personaldata.training_data_declared as rule

store(category, activities) := {"labels": [{"category": category}], "activities": activities}

test_people_without_purpose_fail if {
	rule.violation == {{"fact": "activities"}} with input as store("contact", [])
	rule.violation == {{"fact": "activities"}} with input as store("contact", [{"purposes": []}])
}

test_declared_purpose_passes if {
	rule.violation == set() with input as store("contact", [{"purposes": ["answering questions"]}])
}

test_no_people_pass if {
	rule.violation == set() with input as {"labels": [], "activities": []}
}
