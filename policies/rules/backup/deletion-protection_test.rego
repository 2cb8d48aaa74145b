package probity.rules.backup.deletion_protection_test

import data.probity.rules.backup.deletion_protection as rule

test_unprotected_table_fails if {
	rule.violation == {{"fact": "resilience.deletion_protection"}} with input as {"resilience": {"deletion_protection": false}}
}

test_protected_table_passes if {
	rule.violation == set() with input as {"resilience": {"deletion_protection": true}}
}
