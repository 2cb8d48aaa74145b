package probity.rules.access.acls_disabled_test

import data.probity.rules.access.acls_disabled as rule

test_acls_in_force_fails if {
	rule.violation == {{"fact": "settings.ownership"}} with input as {"settings": {"ownership": "ObjectWriter"}}
}

test_acls_without_effect_passes if {
	rule.violation == set() with input as {"settings": {"ownership": "BucketOwnerEnforced"}}
}
