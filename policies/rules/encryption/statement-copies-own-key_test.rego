package probity.rules.encryption.statement_copies_own_key_test

import data.probity.rules.encryption.statement_copies_own_key as rule

test_bad_fails if {
	rule.violation == {{"fact": "settings.statements_own_key"}} with input as {"settings": {"statements_own_key": false}}
}

test_good_passes if {
	rule.violation == set() with input as {"settings": {"statements_own_key": true}}
}
