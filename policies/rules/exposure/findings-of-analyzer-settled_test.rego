package probity.rules.exposure.findings_of_analyzer_settled_test

import data.probity.rules.exposure.findings_of_analyzer_settled as rule

analyzer(on, findings) := {"settings": {"on": on, "findings": findings}}

test_switched_off_fails if {
	rule.violation == {{"fact": "settings.on", "element": "anything"}} with input as analyzer(false, [])
}

test_open_store_fails if {
	rule.violation == {{"fact": "settings.findings", "element": "arn:aws:s3:::lake"}} with input as analyzer(true, ["arn:aws:s3:::lake"])
}

test_settled_passes if {
	rule.violation == set() with input as analyzer(true, [])
}
