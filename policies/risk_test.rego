package probity.risk_test

import data.probity.risk

finding(severity, fact, asset) := {"severity": severity, "finding": {"fact": fact}, "asset": asset}

patients := [{"category": "health", "distinct": 20}]

people(n) := [{"category": "contact", "distinct": n}]

test_public_health_data_is_critical if {
	seen := finding("medium", "exposure.declared.blocks", {"exposure": {"public": true}, "labels": patients})
	risk.severity == "critical" with input as seen
	risk.because == {"exposure.public", "labels"} with input as seen
}

test_readable_numbers_in_a_public_store_are_critical if {
	risk.severity == "critical" with input as finding("high", "labels", {"exposure": {"public": true}, "labels": patients})
}

test_public_store_of_unknown_content_stays if {
	seen := finding("high", "exposure.public", {"exposure": {"public": true}, "labels": []})
	risk.severity == "high" with input as seen
	risk.because == set() with input as seen
}

test_clear_store_of_health_data_is_worse if {
	seen := finding("high", "encryption.at_rest", {"exposure": {"public": false}, "labels": patients})
	risk.severity == "critical" with input as seen
	risk.because == {"labels"} with input as seen
}

test_many_people_are_worse if {
	risk.severity == "high" with input as finding("medium", "encryption.in_transit", {"labels": people(1000)})
	risk.severity == "medium" with input as finding("medium", "encryption.in_transit", {"labels": people(999)})
}

test_other_facts_stay if {
	risk.severity == "medium" with input as finding("medium", "resilience.versioning", {"exposure": {"public": true}, "labels": patients})
}

test_the_rule_on_keys_has_weighed_the_labels if {
	risk.severity == "medium" with input as finding("medium", "encryption.key_manager", {"exposure": {"public": false}, "labels": patients})
}

test_open_network_without_address_is_less if {
	seen := finding("high", "exposure.networks", {"exposure": {"public": false}, "labels": []})
	risk.severity == "medium" with input as seen
	risk.because == {"exposure.public"} with input as seen
}

test_open_network_of_unknown_address_stays if {
	risk.severity == "high" with input as finding("high", "exposure.networks", {"exposure": {}})
}
