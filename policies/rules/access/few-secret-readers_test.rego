package probity.rules.access.few_secret_readers_test

import data.probity.rules.access.few_secret_readers as rule

test_reader_fails if {
	rule.violation == {{"fact": "settings.subjects", "element": "Group dev"}} with input as {"settings": {"reads_secrets": true, "subjects": ["Group dev"]}}
}

test_role_that_nobody_has_passes if {
	rule.violation == set() with input as {"settings": {"reads_secrets": true, "subjects": []}}
}

test_other_rights_pass if {
	rule.violation == set() with input as {"settings": {"reads_secrets": false, "subjects": ["Group dev"]}}
}
