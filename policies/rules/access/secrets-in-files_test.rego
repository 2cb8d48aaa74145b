package probity.rules.access.secrets_in_files_test

import data.probity.rules.access.secrets_in_files as rule

test_variable_fails if {
	rule.violation == {{"fact": "settings.secret_variables", "element": "DB_PASSWORD"}} with input as {"settings": {"secret_variables": ["DB_PASSWORD"]}}
}

test_file_passes if {
	rule.violation == set() with input as {"settings": {"secret_variables": []}}
}
