package probity.rules.exposure.accounts_from_anywhere_test

import data.probity.rules.exposure.accounts_from_anywhere as rule

test_bad_fails if {
	rule.violation == {{"fact": "settings.anywhere", "element": "somebody"}} with input as {"settings": {"anywhere": ["somebody"]}}
}

test_good_passes if {
	rule.violation == set() with input as {"settings": {"anywhere": []}}
}
