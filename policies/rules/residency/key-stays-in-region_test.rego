package probity.rules.residency.key_stays_in_region_test

import data.probity.rules.residency.key_stays_in_region as rule

store(elsewhere, tags, countries) := {"encryption": {"key_elsewhere": elsewhere}, "tags": tags, "activities": [{"id": "care", "countries": countries}]}

test_tagged_store_fails if {
	rule.violation == {{"fact": "encryption.key_elsewhere", "element": "data-residency"}} with input as store(true, {"data-residency": "IE"}, [])
}

test_store_of_a_bound_activity_fails if {
	rule.violation == {{"fact": "encryption.key_elsewhere", "element": "care"}} with input as store(true, {}, ["IE"])
}

test_key_of_one_region_passes if {
	rule.violation == set() with input as store(false, {"data-residency": "IE"}, ["IE"])
}

test_unbound_store_passes if {
	rule.violation == set() with input as store(true, {"team": "shop"}, [])
}
