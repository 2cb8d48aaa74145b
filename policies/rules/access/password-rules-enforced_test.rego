package probity.rules.access.password_rules_enforced_test

import data.probity.rules.access.password_rules_enforced as rule

test_bad_fails if {
	rule.violation == {{"fact": "settings.free_passwords", "element": "something"}} with input as {"settings": {"free_passwords": ["something"]}}
}

test_good_passes if {
	rule.violation == set() with input as {"settings": {"free_passwords": []}}
}
