package probity.rules.exposure.public_address_test

import data.probity.rules.exposure.public_address as rule

database(addressed) := {"exposure": {"declared": {"addressed": addressed}}}

test_address_fails if {
	rule.violation == {{"fact": "exposure.declared.addressed"}} with input as database(true)
}

test_no_address_passes if {
	rule.violation == set() with input as database(false)
}
