package probity.rules.access.signed_links_short_test

import data.probity.rules.access.signed_links_short as rule

bucket(limits, category) := {"settings": {"limits_signatures": limits}, "labels": [{"category": category, "on": "a.csv:x"}]}

test_old_links_fail if {
	rule.violation == {{"fact": "settings.limits_signatures"}} with input as bucket(false, "health")
}

test_limit_passes if {
	rule.violation == set() with input as bucket(true, "health")
}

test_nothing_personal_passes if {
	rule.violation == set() with input as bucket(false, "credential")
}
