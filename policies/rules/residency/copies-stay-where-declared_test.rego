package probity.rules.residency.copies_stay_where_declared_test

import data.probity.rules.residency.copies_stay_where_declared as rule

store(regions, countries) := {
	"location": {"region": "eu-west-1", "country": "IE"},
	"lineage": {"regions": regions},
	"labels": [{"category": "contact"}],
	"activities": [{"countries": countries}],
}

test_copy_from_elsewhere_fails if {
	rule.violation == {{"fact": "lineage.regions", "element": "eu-central-1"}} with input as store(["eu-central-1"], ["DE"])
}

test_declared_country_passes if {
	rule.violation == set() with input as store(["eu-central-1"], ["DE", "IE"])
}

test_same_region_passes if {
	rule.violation == set() with input as store([], ["DE"])
}
