package probity.rules.access.no_borrowed_readers_test

import data.probity.rules.access.no_borrowed_readers as rule

store(who) := {"access": {"borrowers": [{"principal": who, "role": "arn:aws:iam::111111111111:role/report"}]}, "labels": [{"category": "contact"}]}

test_stranger_fails if {
	rule.violation == {{"fact": "access.borrowers", "element": "222222222222 as arn:aws:iam::111111111111:role/report"}} with input as store("222222222222") with data.config.trusted_accounts as []
}

test_everybody_fails if {
	rule.violation == {{"fact": "access.borrowers", "element": "* as arn:aws:iam::111111111111:role/report"}} with input as store("*") with data.config.trusted_accounts as []
}

test_trusted_account_passes if {
	rule.violation == set() with input as store("222222222222") with data.config.trusted_accounts as ["222222222222"]
}

test_store_without_people_passes if {
	rule.violation == set() with input as {"access": {"borrowers": [{"principal": "*", "role": "r"}]}, "labels": []} with data.config.trusted_accounts as []
}
