package probity.rules.exposure.store_inside_cluster_test

import data.probity.rules.exposure.store_inside_cluster as rule

test_balancer_fails if {
	rule.violation == {{"fact": "settings.published", "element": "LoadBalancer db"}} with input as {"settings": {"published": ["LoadBalancer db"]}}
}

test_inside_passes if {
	rule.violation == set() with input as {"settings": {"published": []}}
}
