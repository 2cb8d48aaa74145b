package probity.rules.access.outside_readers_test

import data.probity.rules.access.outside_readers as rule

store(principals) := {"exposure": {"outside": [{"principal": principal, "actions": ["s3:GetObject"], "on": []} | some principal in principals]}}

accounts := ["111111111111"]

test_stranger_fails if {
	rule.violation == {{"fact": "exposure.outside", "element": "arn:aws:iam::222222222222:role/r-111111111111"}} with input as store(["arn:aws:iam::222222222222:role/r-111111111111"])
		with data.config.trusted_accounts as accounts
}

test_trusted_account_passes if {
	rule.violation == set() with input as store(["111111111111", "arn:aws:iam::111111111111:root", "aws:PrincipalOrgID=o-111"])
		with data.config.trusted_accounts as array.concat(accounts, ["o-111"])
}

test_everyone_fails if {
	rule.violation == {{"fact": "exposure.outside", "element": "everyone"}} with input as store(["*"])
		with data.config.trusted_accounts as accounts
}
