package probity.rules.personaldata.undeclared_personal_data_test

import data.probity.rules.personaldata.undeclared_personal_data as rule

store(category, activities) := {"labels": [{"category": category, "on": "people.csv:email"}], "activities": activities}

test_undeclared_fails if {
	rule.violation == {{"fact": "activities"}} with input as store("contact", [])
}

test_declared_passes if {
	rule.violation == set() with input as store("contact", [{"id": "care"}])
}

test_credentials_pass if {
	rule.violation == set() with input as store("credential", [])
}
