package probity.rules.personaldata.personal_data_in_test_test

import data.probity.rules.personaldata.personal_data_in_test as rule

store(tags, category) := {"tags": tags, "labels": [{"category": category}]}

test_people_in_staging_fail if {
	rule.violation == {{"fact": "tags", "element": "Environment"}} with input as store({"Environment": "Staging"}, "contact")
}

test_people_in_production_pass if {
	rule.violation == set() with input as store({"Environment": "production"}, "contact")
}

test_untagged_store_passes if {
	rule.violation == set() with input as store({}, "contact")
}
