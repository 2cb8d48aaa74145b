package probity.rules.exposure.account_blocks_public_access_test

import data.probity.rules.exposure.account_blocks_public_access as rule

all_on := {"block_acls": true, "ignore_acls": true, "block_policies": true, "restrict_public": true}

blocks(but) := {"exposure": {"declared": {"blocks": object.union(all_on, but)}}}

test_each_switch_counts if {
	every switch in object.keys(all_on) {
		rule.violation == {{"fact": "exposure.declared.blocks"}} with input as blocks({switch: false})
	}
}

test_all_on_passes if {
	rule.violation == set() with input as blocks({})
}
