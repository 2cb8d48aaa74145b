package probity.rules.access.powerful_accounts_test

import data.probity.rules.access.powerful_accounts as rule

test_bad_fails if {
	rule.violation == {{"fact": "settings.powerful", "element": "somebody"}} with input as {"settings": {"powerful": ["somebody"]}}
}

test_good_passes if {
	rule.violation == set() with input as {"settings": {"powerful": []}}
}
