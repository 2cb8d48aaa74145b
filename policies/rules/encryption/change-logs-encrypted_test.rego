package probity.rules.encryption.change_logs_encrypted_test

import data.probity.rules.encryption.change_logs_encrypted as rule

test_bad_fails if {
	rule.violation == {{"fact": "settings.clear_logs", "element": "something"}} with input as {"settings": {"clear_logs": ["something"]}}
}

test_good_passes if {
	rule.violation == set() with input as {"settings": {"clear_logs": []}}
}
