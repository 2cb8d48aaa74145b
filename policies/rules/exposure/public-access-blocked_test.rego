package probity.rules.exposure.public_access_blocked_test

import data.probity.rules.exposure.public_access_blocked as rule

all_on := {"block_acls": true, "ignore_acls": true, "block_policies": true, "restrict_public": true}

bucket(changed) := {"exposure": {"declared": {"blocks": object.union(all_on, changed)}}}

test_each_switch_counts if {
	every switch, _ in all_on {
		rule.violation == {{"fact": "exposure.declared.blocks"}} with input as bucket({switch: false})
	}
}

test_all_on_passes if {
	rule.violation == set() with input as bucket({})
}
