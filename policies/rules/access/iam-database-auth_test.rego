package probity.rules.access.iam_database_auth_test

import data.probity.rules.access.iam_database_auth as rule

test_passwords_only_fails if {
	rule.violation == {{"fact": "settings.iam_auth"}} with input as {"settings": {"iam_auth": false}}
}

test_tokens_passes if {
	rule.violation == set() with input as {"settings": {"iam_auth": true}}
}
