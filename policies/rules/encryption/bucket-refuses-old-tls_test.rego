package probity.rules.encryption.bucket_refuses_old_tls_test

import data.probity.rules.encryption.bucket_refuses_old_tls as rule

test_no_statement_fails if {
	rule.violation == {{"fact": "settings.refuses_old_tls"}} with input as {"settings": {"refuses_old_tls": false}}
}

test_statement_passes if {
	rule.violation == set() with input as {"settings": {"refuses_old_tls": true}}
}
