package probity.rules.residency.residency_tag_kept_test

import data.probity.rules.residency.residency_tag_kept as rule

store(value, country) := {"tags": {"Data-Residency": value}, "location": {"country": country}}

test_other_country_fails if {
	rule.violation == {{"fact": "location.country", "element": "Data-Residency"}} with input as store("de", "IE")
}

test_other_area_fails if {
	rule.violation == {{"fact": "location.country", "element": "Data-Residency"}} with input as store("EEA", "US")
}

test_kept_promises_pass if {
	rule.violation == set() with input as store("IE", "IE")
	rule.violation == set() with input as store("eu", "IE")
	rule.violation == set() with input as store("UK", "GB")
}

test_word_that_names_no_place_passes if {
	rule.violation == set() with input as store("yes", "US")
}
