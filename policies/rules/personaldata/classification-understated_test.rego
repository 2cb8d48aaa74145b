package probity.rules.personaldata.classification_understated_test

import data.probity.rules.personaldata.classification_understated as rule

store(key, value, category) := {"tags": {key: value}, "labels": [{"category": category}]}

test_public_with_contacts_fails if {
	rule.violation == {{"fact": "tags", "element": "data-classification"}} with input as store("data-classification", "Public", "contact")
}

test_internal_with_health_data_fails if {
	rule.violation == {{"fact": "tags", "element": "Sensitivity"}} with input as store("Sensitivity", "internal", "health")
}

test_internal_with_contacts_passes if {
	rule.violation == set() with input as store("classification", "internal", "contact")
}

test_confidential_passes if {
	rule.violation == set() with input as store("classification", "confidential", "health")
}

test_other_tags_pass if {
	rule.violation == set() with input as store("subnet", "public", "health")
}
