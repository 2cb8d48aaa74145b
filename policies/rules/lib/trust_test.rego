package probity.lib.trust_test

import data.probity.lib.trust

test_trusted if {
	every principal in ["111111111111", "arn:aws:iam::111111111111:role/shop", "aws:PrincipalOrgID=o-1"] {
		trust.trusted(principal) with data.config.trusted_accounts as ["111111111111", "o-1"]
	}
	every principal in ["222222222222", "arn:aws:iam::222222222222:role/r-111111111111", "aws:PrincipalOrgID=o-2", "*"] {
		not trust.trusted(principal) with data.config.trusted_accounts as ["111111111111", "o-1"]
	}
}

test_account if {
	trust.account("arn:aws:iam::111111111111:role/shop") == "111111111111"
	trust.account("111111111111") == "111111111111"
}
