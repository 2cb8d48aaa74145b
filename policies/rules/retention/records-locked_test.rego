package probity.rules.retention.records_locked_test

import data.probity.rules.retention.records_locked as rule

bucket(tags, lock) := {"tags": tags, "retention": {"lock_days": lock}}

test_promise_without_lock_fails if {
	rule.violation == {{"fact": "retention.lock_days", "element": "immutable"}} with input as bucket({"immutable": "true"}, {"set": false})
}

test_kept_promise_passes if {
	rule.violation == set() with input as bucket({"immutable": "true"}, {"set": true, "value": 365})
}

test_no_promise_passes if {
	rule.violation == set() with input as bucket({"team": "shop"}, {"set": false})
}

test_unlocked_backups_fail if {
	rule.violation == {{"fact": "retention.lock_days", "element": "backup"}} with input as {"settings": {"named_for": ["backup"]}, "tags": {}, "retention": {"lock_days": {"set": false}}}
}

test_other_names_pass if {
	rule.violation == set() with input as {"settings": {"named_for": []}, "tags": {}, "retention": {"lock_days": {"set": false}}}
}
