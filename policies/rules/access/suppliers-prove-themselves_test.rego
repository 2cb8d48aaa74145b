package probity.rules.access.suppliers_prove_themselves_test

import data.probity.rules.access.suppliers_prove_themselves as rule

role(who) := {"settings": {"without_external_id": who}}

test_supplier_without_an_id_fails if {
	rule.violation == {{"fact": "settings.without_external_id", "element": "arn:aws:iam::444455556666:root"}} with input as role(["arn:aws:iam::444455556666:root"])
		with data.config.processors as {"444455556666": "Labor Nord"}
}

test_own_accounts_pass if {
	rule.violation == set() with input as role(["arn:aws:iam::111122223333:root"])
		with data.config.processors as {"444455556666": "Labor Nord"}
}

test_supplier_with_an_id_passes if {
	rule.violation == set() with input as role([])
		with data.config.processors as {"444455556666": "Labor Nord"}
}
