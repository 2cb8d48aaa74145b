package probity.rules.access.collection_grantees_named_test

import data.probity.rules.access.collection_grantees_named as rule

test_test_a_pattern_fails if {
	rule.violation == {{"fact": "settings.grantees", "element": "arn:aws:iam::111122223333:role/*"}} with input as {"settings": {"grantees": ["arn:aws:iam::111122223333:role/*"]}}
}

test_test_a_name_passes if {
	rule.violation == set() with input as {"settings": {"grantees": ["arn:aws:iam::111122223333:role/search"]}}
}
