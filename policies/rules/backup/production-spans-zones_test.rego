package probity.rules.backup.production_spans_zones_test

import data.probity.rules.backup.production_spans_zones as rule

store(zones, tags) := {"resilience": {"multi_zone": zones}, "tags": tags}

test_production_fails if {
	rule.violation == {{"fact": "resilience.multi_zone"}} with input as store(false, {"env": "Production"})
}

test_others_pass if {
	rule.violation == set() with input as store(true, {"env": "prod"})
	rule.violation == set() with input as store(false, {"env": "test"})
}
