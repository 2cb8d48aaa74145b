package probity.rules.encryption.database_certificate_current_test

import data.probity.rules.encryption.database_certificate_current as rule

test_test_old_authority_fails if {
	rule.violation == {{"fact": "settings.certificate_authority"}} with input as {"settings": {"certificate_authority": "rds-ca-2019"}}
}

test_test_current_authority_passes if {
	rule.violation == set() with input as {"settings": {"certificate_authority": "rds-ca-ecc384-g1"}}
}
