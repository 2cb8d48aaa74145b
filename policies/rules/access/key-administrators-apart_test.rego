package probity.rules.access.key_administrators_apart_test

import data.probity.rules.access.key_administrators_apart as rule

test_both_fail if {
	rule.violation == {{"fact": "settings.administer_and_use", "element": "arn:aws:iam::111122223333:role/app"}} with input as {"settings": {"administer_and_use": ["arn:aws:iam::111122223333:role/app"]}}
}

test_apart_passes if {
	rule.violation == set() with input as {"settings": {"administer_and_use": []}}
}
