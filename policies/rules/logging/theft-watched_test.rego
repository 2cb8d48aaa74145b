package probity.rules.logging.theft_watched_test

import data.probity.rules.logging.theft_watched as rule

detector(on, features) := {"settings": {"on": on, "features": features}}

test_switched_off_fails if {
	rule.violation == {{"fact": "settings.on", "element": "anything"}} with input as detector(false, [])
}

test_missing_feature_fails if {
	rule.violation == {{"fact": "settings.features", "element": "RDS_LOGIN_EVENTS"}} with input as detector(true, ["S3_DATA_EVENTS"])
}

test_all_watched_passes if {
	rule.violation == set() with input as detector(true, ["S3_DATA_EVENTS", "RDS_LOGIN_EVENTS", "EKS_AUDIT_LOGS"])
}
