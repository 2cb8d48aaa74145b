package probity.rules.logging.database_reads_recorded_test

import data.probity.rules.logging.database_reads_recorded as rule

test_bad_fails if {
	rule.violation == {{"fact": "audit.access"}} with input as {"audit": {"access": false}}
}

test_good_passes if {
	rule.violation == set() with input as {"audit": {"access": true}}
}
