package probity.rules.access.database_file_private_test

import data.probity.rules.access.database_file_private as rule

test_shared_fails if {
	rule.violation == {{"fact": "settings.shared", "element": "app.db (0644)"}} with input as {"settings": {"shared": ["app.db (0644)"]}}
}

test_private_passes if {
	rule.violation == set() with input as {"settings": {"shared": []}}
}
