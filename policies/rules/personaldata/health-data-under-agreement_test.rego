package probity.rules.personaldata.health_data_under_agreement_test

import data.probity.rules.personaldata.health_data_under_agreement as rule

store(category) := {"kind": "aws.rds.instance", "labels": [{"category": category, "on": "diagnosis"}], "scope": {"account": "111122223333"}}

test_other_service_fails if {
	rule.violation == {{"fact": "labels", "element": "diagnosis"}} with input as store("health") with data.config.health_agreements as {"*": ["s3"], "111122223333": ["dynamodb"]}
}

test_other_account_fails if {
	rule.violation == {{"fact": "labels", "element": "diagnosis"}} with input as store("health") with data.config.health_agreements as {"444455556666": ["rds"]}
}

test_asked_warehouse_fails if {
	rule.violation == {{"fact": "labels", "element": "diagnosis"}} with input as object.union(store("health"), {"kind": "redshift.table"}) with data.config.health_agreements as {"*": ["rds"]}
}

test_covered_passes if {
	rule.violation == set() with input as store("health") with data.config.health_agreements as {"*": ["rds"]}
	rule.violation == set() with input as store("health") with data.config.health_agreements as {"111122223333": ["rds"]}
}

test_others_pass if {
	rule.violation == set() with input as store("contact") with data.config.health_agreements as {}
}
