package probity.rules.access.row_policies_restrict_test

import data.probity.rules.access.row_policies_restrict as rule

table(on, policies, category) := {"settings": {"row_security": on, "allowing": policies}, "labels": [{"category": category}]}

test_policy_of_all_fails if {
	rule.violation == {{"fact": "settings.allowing", "element": "all"}} with input as table(true, ["all"], "contact")
}

test_narrow_policies_pass if {
	rule.violation == set() with input as table(true, [], "contact")
}

test_others_pass if {
	rule.violation == set() with input as table(false, ["all"], "contact")
	rule.violation == set() with input as table(true, ["all"], "credential")
}
