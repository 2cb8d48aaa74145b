package probity.rules.retention.log_retention_set_test

import data.probity.rules.retention.log_retention_set as rule

log(rules) := {"class": "log", "retention": {"rules": rules}}

test_log_that_is_kept_for_ever_fails if {
	rule.violation == {{"fact": "retention.rules"}} with input as log([])
}

test_log_that_expires_passes if {
	rule.violation == set() with input as log([{"on": [], "days": 365, "by": "", "noncurrent": false}])
}

test_old_versions_alone_do_not_help if {
	rule.violation == {{"fact": "retention.rules"}} with input as log([{"on": [], "days": 30, "by": "", "noncurrent": true}])
}
