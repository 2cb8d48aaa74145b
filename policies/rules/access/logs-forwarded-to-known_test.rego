package probity.rules.access.logs_forwarded_to_known_test

import data.probity.rules.access.logs_forwarded_to_known as rule

test_bad_fails if {
	rule.violation == {{"fact": "settings.subscriptions", "element": "arn:aws:logs:eu-west-1:222222222222:destination:all"}} with input as {"settings": {"subscriptions": ["arn:aws:logs:eu-west-1:222222222222:destination:all"]}} with data.config.trusted_accounts as ["111111111111"] with input.scope.account as ""
}

test_good_passes if {
	rule.violation == set() with input as {"settings": {"subscriptions": ["arn:aws:kinesis:eu-west-1:111111111111:stream/all"]}} with data.config.trusted_accounts as ["111111111111"] with input.scope.account as ""
}
