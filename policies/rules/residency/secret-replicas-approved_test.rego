package probity.rules.residency.secret_replicas_approved_test

import data.probity.rules.residency.secret_replicas_approved as rule

secret(regions) := {"settings": {"replica_regions": regions}}

test_strange_region_fails if {
	rule.violation == {{"fact": "settings.replica_regions", "element": "us-east-1"}} with input as secret(["us-east-1"])
		with data.config.approved_regions as ["eu-west-1"]
}

test_approved_region_passes if {
	rule.violation == set() with input as secret(["eu-west-1"])
		with data.config.approved_regions as ["eu-west-1"]
}
