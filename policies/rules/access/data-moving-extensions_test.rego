package probity.rules.access.data_moving_extensions_test

import data.probity.rules.access.data_moving_extensions as rule

base(name) := {"settings": {"extensions": [name]}}

test_mover_fails if {
	rule.violation == {{"fact": "settings.extensions", "element": "dblink"}} with input as base("dblink") with data.config as {"allowed_extensions": []}
}

test_allowed_passes if {
	rule.violation == set() with input as base("dblink") with data.config as {"allowed_extensions": ["dblink"]}
}

test_other_passes if {
	rule.violation == set() with input as base("pgcrypto") with data.config as {"allowed_extensions": []}
}
