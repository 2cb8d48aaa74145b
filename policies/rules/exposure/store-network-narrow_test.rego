package probity.rules.exposure.store_network_narrow_test

import data.probity.rules.exposure.store_network_narrow as rule

store(cidr, protocol, from, to) := {"exposure": {"networks": [{"cidr": cidr, "protocol": protocol, "from": from, "to": to}]}}

test_wide_range_fails if {
	rule.violation == {{"fact": "exposure.networks", "element": "10.0.0.0/8:5432"}} with input as store("10.0.0.0/8", "tcp", 5432, 5432)
}

test_every_port_fails if {
	rule.violation == {{"fact": "exposure.networks", "element": "10.1.2.0/24:0-65535"}} with input as store("10.1.2.0/24", "all", 0, 65535)
	rule.violation == {{"fact": "exposure.networks", "element": "10.1.2.0/24:1-65535"}} with input as store("10.1.2.0/24", "tcp", 1, 65535)
}

test_narrow_range_passes if {
	rule.violation == set() with input as store("10.1.0.0/16", "tcp", 5432, 5432)
}

test_everybody_is_told_elsewhere if {
	rule.violation == set() with input as store("0.0.0.0/0", "tcp", 5432, 5432)
	rule.violation == set() with input as store("0.0.0.0/0", "all", 0, 65535)
}

test_wide_range_of_version_6_fails if {
	rule.violation == {{"fact": "exposure.networks", "element": "fd00::/8:5432"}} with input as store("fd00::/8", "tcp", 5432, 5432)
	rule.violation == {{"fact": "exposure.networks", "element": "2001:db8::/36:5432"}} with input as store("2001:db8::/36", "tcp", 5432, 5432)
}

test_networks_of_version_6_pass if {
	rule.violation == set() with input as store("2001:db8:1234:1a00::/56", "tcp", 5432, 5432)
	rule.violation == set() with input as store("::/0", "tcp", 5432, 5432)
}
