package probity.rules.backup.data_off_the_node_test

import data.probity.rules.backup.data_off_the_node as rule

test_folder_of_the_node_fails if {
	rule.violation == {{"fact": "settings.node_paths", "element": "/data"}} with input as {"settings": {"node_paths": ["/data"]}}
}

test_claim_passes if {
	rule.violation == set() with input as {"settings": {"node_paths": []}}
}
