package probity.rules.encryption.key_decided_inside_test

import data.probity.rules.encryption.key_decided_inside as rule

store(who) := {"encryption": {"key_deciders": who}, "labels": [{"category": "contact"}]}

test_everybody_fails if {
	rule.violation == {{"fact": "encryption.key_deciders", "element": "everyone"}} with input as store(["*"]) with data.config.trusted_accounts as []
}

test_stranger_fails if {
	rule.violation == {{"fact": "encryption.key_deciders", "element": "222222222222"}} with input as store(["222222222222"]) with data.config.trusted_accounts as []
}

test_trusted_account_passes if {
	rule.violation == set() with input as store(["222222222222"]) with data.config.trusted_accounts as ["222222222222"]
}

test_store_without_people_passes if {
	rule.violation == set() with input as {"encryption": {"key_deciders": ["*"]}, "labels": []} with data.config.trusted_accounts as []
}
