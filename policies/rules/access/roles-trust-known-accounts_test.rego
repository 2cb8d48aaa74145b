package probity.rules.access.roles_trust_known_accounts_test

import data.probity.rules.access.roles_trust_known_accounts as rule

role(principal) := {"exposure": {"outside": [{"principal": principal, "actions": ["sts:AssumeRole"], "on": []}]}}

test_everybody_fails if {
	rule.violation == {{"fact": "exposure.outside", "element": "everyone"}} with input as role("*") with data.config.trusted_accounts as []
}

test_stranger_fails if {
	rule.violation == {{"fact": "exposure.outside", "element": "arn:aws:iam::222222222222:root"}} with input as role("arn:aws:iam::222222222222:root")
		with data.config.trusted_accounts as ["111111111111"]
}

test_trusted_account_passes if {
	rule.violation == set() with input as role("arn:aws:iam::222222222222:root") with data.config.trusted_accounts as ["222222222222"]
}
