package probity.rules.personaldata.owner_declared_test

import data.probity.rules.personaldata.owner_declared as rule

test_nobody_fails if {
	rule.violation == {{"fact": "owner"}} with input as {"owner": ""}
}

test_somebody_passes if {
	rule.violation == set() with input as {"owner": "data team"}
}
