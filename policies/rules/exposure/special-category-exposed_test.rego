package probity.rules.exposure.special_category_exposed_test

import data.probity.rules.exposure.special_category_exposed as rule

store(category, exposure) := {"labels": [{"category": category}], "exposure": exposure}

stranger := {"outside": [{"principal": "arn:aws:iam::999999999999:root"}]}

test_public_health_data_fails if {
	rule.violation == {{"fact": "exposure.public", "element": "everyone"}} with input as store("health", {"public": true})
}

test_strangers_fail if {
	found := rule.violation with input as store("child", stranger)
		with data.config.trusted_accounts as ["111122223333"]
	found == {{"fact": "exposure.outside", "element": "arn:aws:iam::999999999999:root"}}
}

test_trusted_accounts_pass if {
	found := rule.violation with input as store("child", stranger)
		with data.config.trusted_accounts as ["999999999999"]
	found == set()
}

test_every_account_of_a_database_fails if {
	rule.violation == {{"fact": "access.readers", "element": "PUBLIC"}} with input as {
		"kind": "postgres.table",
		"labels": [{"category": "special"}],
		"access": {"readers": [{"principal": "PUBLIC"}]},
	}
}

test_other_personal_data_passes if {
	rule.violation == set() with input as store("contact", {"public": true})
}
