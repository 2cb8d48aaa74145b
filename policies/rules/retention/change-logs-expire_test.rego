package probity.rules.retention.change_logs_expire_test

import data.probity.rules.retention.change_logs_expire as rule

kept(set, days) := {"settings": {"binlog_days": {"set": set, "value": days}}}

test_for_ever_fails if {
	rule.violation == {{"fact": "settings.binlog_days"}} with input as kept(true, 0) with data.config as {}
}

test_too_long_fails if {
	rule.violation == {{"fact": "settings.binlog_days"}} with input as kept(true, 30) with data.config.change_log_days as 14
}

test_short_passes if {
	rule.violation == set() with input as kept(true, 7) with data.config.change_log_days as 14
}

test_no_log_passes if {
	rule.violation == set() with input as kept(false, 0) with data.config as {}
}
