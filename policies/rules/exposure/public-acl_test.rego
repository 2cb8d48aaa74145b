package probity.rules.exposure.public_acl_test

import data.probity.rules.exposure.public_acl as rule

bucket(principals) := {"exposure": {"declared": {"acl": [{"principal": p, "actions": ["s3:ListBucket"], "on": []} |
	some p in principals
]}}}

test_grant_to_all_fails if {
	found := {{"fact": "exposure.declared.acl", "element": "everyone"}}
	rule.violation == found with input as bucket(["http://acs.amazonaws.com/groups/global/AllUsers"])
}

test_grant_to_customers_fails if {
	found := {{"fact": "exposure.declared.acl", "element": "every AWS customer"}}
	rule.violation == found with input as bucket(["http://acs.amazonaws.com/groups/global/AuthenticatedUsers"])
}

test_named_grant_passes if {
	rule.violation == set() with input as bucket(["111122223333"])
}
