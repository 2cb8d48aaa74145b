package probity.rules.access.secret_in_configmap_test

import data.probity.rules.access.secret_in_configmap as rule

test_credential_fails if {
	rule.violation == {{"fact": "settings.credentials", "element": "a"}} with input as {"settings": {"credentials": ["a"]}}
}

test_plain_settings_pass if {
	rule.violation == set() with input as {"settings": {"credentials": []}}
}
