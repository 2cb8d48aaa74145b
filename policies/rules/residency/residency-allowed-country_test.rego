package probity.rules.residency.residency_allowed_country_test

import data.probity.rules.residency.residency_allowed_country as rule

store(country, countries) := {"location": {"country": country}, "activities": [{"id": "care", "countries": countries}]}

test_undeclared_country_fails if {
	rule.violation == {{"fact": "location.country", "element": "care"}} with input as store("US", ["IE", "DE"])
}

test_declared_country_passes if {
	rule.violation == set() with input as store("DE", ["IE", "DE"])
}

test_no_limit_passes if {
	rule.violation == set() with input as store("US", [])
}
