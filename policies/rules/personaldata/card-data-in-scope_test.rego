package probity.rules.personaldata.card_data_in_scope_test

import data.probity.rules.personaldata.card_data_in_scope as rule

store(detector, protection) := {"id": "aws_s3_bucket.cards", "labels": [{"detector": detector, "protection": protection, "on": "a.csv:card"}]}

test_undeclared_store_fails if {
	found := rule.violation with input as store("payment-card", "clear") with data.config.assessed_stores as ["aws_s3_bucket.vault"]
	found == {{"fact": "labels", "element": "a.csv:card"}}
}

test_declared_store_passes if {
	rule.violation == set() with input as store("payment-card", "clear") with data.config.assessed_stores as ["aws_s3_bucket.car*"]
}

test_tokens_pass if {
	rule.violation == set() with input as store("payment-card", "token") with data.config.assessed_stores as []
}

test_other_data_passes if {
	rule.violation == set() with input as store("iban", "clear") with data.config.assessed_stores as []
}
