package probity.rules.logging.warehouse_statements_logged_test

import data.probity.rules.logging.warehouse_statements_logged as rule

test_test_no_log_fails if {
	rule.violation == {{"fact": "audit.access"}} with input as {"audit": {"access": false, "exports": []}, "settings": {"activity_log": true}}
}

test_test_a_missing_log_fails if {
	rule.violation == {{"fact": "audit.exports", "element": "useractivitylog"}} with input as {"audit": {"access": true, "exports": ["userlog", "connectionlog"]}, "settings": {"activity_log": true}}
}

test_test_an_empty_log_fails if {
	rule.violation == {{"fact": "settings.activity_log"}} with input as {"audit": {"access": true, "exports": ["userlog", "connectionlog", "useractivitylog"]}, "settings": {"activity_log": false}}
}

test_test_all_logs_pass if {
	rule.violation == set() with input as {"audit": {"access": true, "exports": ["userlog", "connectionlog", "useractivitylog"]}, "settings": {"activity_log": true}}
}
