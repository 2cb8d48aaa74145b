package probity.rules.encryption.node_to_node_encryption_test

import data.probity.rules.encryption.node_to_node_encryption as rule

domain(encrypted) := {"settings": {"node_to_node": encrypted}}

test_clear_traffic_fails if {
	rule.violation == {{"fact": "settings.node_to_node"}} with input as domain(false)
}

test_encrypted_traffic_passes if {
	rule.violation == set() with input as domain(true)
}
