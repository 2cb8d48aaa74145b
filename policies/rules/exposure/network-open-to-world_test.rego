package probity.rules.exposure.network_open_to_world_test

import data.probity.rules.exposure.network_open_to_world as rule

store(networks) := {"exposure": {"networks": networks}}

test_each_opening_is_a_finding if {
	rule.violation == {
		{"fact": "exposure.networks", "element": "0.0.0.0/0:5432"},
		{"fact": "exposure.networks", "element": "::/0:0-65535"},
		{"fact": "exposure.networks", "element": "128.0.0.0/1:all"},
	} with input as store([
		{"cidr": "0.0.0.0/0", "from": 5432, "to": 5432},
		{"cidr": "::/0", "from": 0, "to": 65535},
		{"cidr": "128.0.0.0/1", "from": -1, "to": -1},
		{"cidr": "10.0.0.0/8", "from": 5432, "to": 5432},
	])
}

test_private_range_passes if {
	rule.violation == set() with input as store([
		{"cidr": "10.0.0.0/8", "from": 5432, "to": 5432},
		{"cidr": "fd00::/8", "from": 5432, "to": 5432},
		{"cidr": "203.0.113.7/32", "from": 5432, "to": 5432},
	])
}
