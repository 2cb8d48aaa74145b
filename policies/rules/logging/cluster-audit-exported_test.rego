package probity.rules.logging.cluster_audit_exported_test

import data.probity.rules.logging.cluster_audit_exported as rule

test_half_of_it_fails if {
	rule.violation == {{"fact": "audit.exports", "element": "authenticator"}} with input as {"audit": {"exports": ["api", "audit"]}}
}

test_both_pass if {
	rule.violation == set() with input as {"audit": {"exports": ["audit", "authenticator"]}}
}
