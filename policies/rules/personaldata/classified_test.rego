package probity.rules.personaldata.classified_test

import data.probity.rules.personaldata.classified as rule

test_bare_store_fails if {
	rule.violation == {{"fact": "tags"}} with input as {"tags": {"team": "shop"}}
}

test_classified_store_passes if {
	rule.violation == set() with input as {"tags": {"Data-Classification": "confidential"}}
}
