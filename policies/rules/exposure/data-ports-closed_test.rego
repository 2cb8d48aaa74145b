package probity.rules.exposure.data_ports_closed_test

import data.probity.rules.exposure.data_ports_closed as rule

group(protocol, from, to, cidr) := {"exposure": {"networks": [{"protocol": protocol, "from": from, "to": to, "cidr": cidr}]}}

test_database_port_fails if {
	rule.violation == {{"fact": "exposure.networks", "element": "0.0.0.0/0:5432"}} with input as group("tcp", 5432, 5432, "0.0.0.0/0")
}

test_all_ports_fail if {
	rule.violation == {{"fact": "exposure.networks", "element": "::/0:0-65535"}} with input as group("all", 0, 65535, "::/0")
}

test_web_port_passes if {
	rule.violation == set() with input as group("tcp", 443, 443, "0.0.0.0/0")
}

test_own_network_passes if {
	rule.violation == set() with input as group("tcp", 5432, 5432, "10.0.0.0/8")
}

test_ping_passes if {
	rule.violation == set() with input as group("icmp", 0, 0, "0.0.0.0/0")
}
