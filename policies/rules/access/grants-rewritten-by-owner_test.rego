package probity.rules.access.grants_rewritten_by_owner_test

import data.probity.rules.access.grants_rewritten_by_owner as rule

acl(actions) := {"exposure": {"declared": {"acl": [{"principal": "a1b2", "actions": actions, "on": []}]}}}

test_full_control_of_another_fails if {
	rule.violation == {{"fact": "exposure.declared.acl", "element": "a1b2"}} with input as acl(["s3:ListBucket", "s3:PutBucketAcl"])
}

test_reading_passes if {
	rule.violation == set() with input as acl(["s3:ListBucket"])
}
