package probity.rules.logging.control_plane_audit_log_test

import data.probity.rules.logging.control_plane_audit_log as rule

test_no_log_fails if {
	rule.violation == {{"fact": "settings.audit_log"}} with input as {"settings": {"audit_log": false, "audit_days": 0}}
}

test_short_log_fails if {
	rule.violation == {{"fact": "settings.audit_days"}} with input as {"settings": {"audit_log": true, "audit_days": 7}}
}

test_log_of_a_month_passes if {
	rule.violation == set() with input as {"settings": {"audit_log": true, "audit_days": 30}}
}

test_log_kept_for_ever_passes if {
	rule.violation == set() with input as {"settings": {"audit_log": true, "audit_days": 0}}
}
