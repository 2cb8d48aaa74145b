package probity.rules.personaldata.impact_assessment_declared_test

import data.probity.rules.personaldata.impact_assessment_declared as rule

store(category, assessment) := {"labels": [{"category": category}], "activities": [{"id": "care", "impact_assessment": assessment}]}

test_none_fails if {
	rule.violation == {{"fact": "activities", "element": "care"}} with input as store("health", "none")
}

test_filed_one_passes if {
	rule.violation == set() with input as store("health", "DPIA-2026-4")
}

test_other_data_passes if {
	rule.violation == set() with input as store("contact", "none")
}
