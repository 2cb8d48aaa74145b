package probity.rules.residency.transfer_basis_test

import data.probity.rules.residency.transfer_basis as rule

store(exporter, country, basis) := {
	"location": {"country": country},
	"activities": [{"id": "care", "country": exporter, "transfer": basis}],
}

undeclared := {{"fact": "location.country", "element": "care"}}

test_no_basis_fails if {
	rule.violation == undeclared with input as store("IE", "IN", "")
}

test_partial_decision_without_basis_fails if {
	rule.violation == undeclared with input as store("IE", "US", "")
}

test_adequacy_that_does_not_exist_fails if {
	rule.violation == undeclared with input as store("IE", "IN", "adequacy")
}

test_partial_decision_declared_passes if {
	rule.violation == set() with input as store("IE", "US", "adequacy")
}

test_clauses_pass if {
	rule.violation == set() with input as store("IE", "IN", "scc")
}

test_inside_the_eea_passes if {
	rule.violation == set() with input as store("IE", "NO", "")
}

# The lists of the EU and of the United Kingdom differ: Brazil is on the first only.
test_lists_differ if {
	rule.violation == set() with input as store("IE", "BR", "")
	rule.violation == undeclared with input as store("GB", "BR", "")
	rule.violation == set() with input as store("GB", "GB", "")
}

test_exporter_under_neither_law_passes if {
	rule.violation == set() with input as store("US", "IN", "")
}

test_swiss_exporters_have_their_own_list if {
	rule.violation == undeclared with input as store("CH", "BR", "")
	rule.violation == set() with input as store("CH", "MC", "")
}

test_own_list_adds if {
	rule.violation == set() with input as store("IE", "SG", "") with data.config.adequate_countries as ["SG"]
}
