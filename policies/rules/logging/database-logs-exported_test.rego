package probity.rules.logging.database_logs_exported_test

import data.probity.rules.logging.database_logs_exported as rule

test_no_export_fails if {
	rule.violation == {{"fact": "audit.exports"}} with input as {"audit": {"exports": []}}
}

test_an_export_passes if {
	rule.violation == set() with input as {"audit": {"exports": ["postgresql"]}}
}
