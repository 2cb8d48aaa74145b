package probity.rules.access.administrators_log_in_locally_test

import data.probity.rules.access.administrators_log_in_locally as rule

test_bad_fails if {
	rule.violation == {{"fact": "settings.remote_admins", "element": "something"}} with input as {"settings": {"remote_admins": ["something"]}}
}

test_good_passes if {
	rule.violation == set() with input as {"settings": {"remote_admins": []}}
}
