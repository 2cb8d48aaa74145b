package probity.rules.access.secret_in_workload_test

import data.probity.rules.access.secret_in_workload as rule

test_credential_fails if {
	rule.violation == {{"fact": "settings.credentials", "element": "PASSWORD"}} with input as {"settings": {"credentials": ["PASSWORD"]}}
}

test_none_passes if {
	rule.violation == set() with input as {"settings": {"credentials": []}}
}
