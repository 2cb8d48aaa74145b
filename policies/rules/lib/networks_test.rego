package probity.lib.networks_test

import data.probity.lib.networks

test_everyone if {
	every cidr in ["0.0.0.0/0", "::/0", "128.0.0.0/1", "2000::/3"] {
		networks.everyone(cidr)
	}
	every cidr in ["10.0.0.0/8", "203.0.113.7/32", "fd00::/8", "fc00::/7", "2001:db8::/32"] {
		not networks.everyone(cidr)
	}
}

test_ports if {
	networks.ports({"from": -1, "to": -1}) == "all"
	networks.ports({"from": 22, "to": 22}) == "22"
	networks.ports({"from": 20, "to": 21}) == "20-21"
}

test_covers if {
	networks.covers({"from": 0, "to": 0}, 5432)
	networks.covers({"from": 5000, "to": 6000}, 5432)
	not networks.covers({"from": 80, "to": 443}, 5432)
}
