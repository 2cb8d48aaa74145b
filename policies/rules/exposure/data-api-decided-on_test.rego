package probity.rules.exposure.data_api_decided_on_test

import data.probity.rules.exposure.data_api_decided_on as rule

cluster(on, tags) := {"settings": {"data_api": on}, "tags": tags}

test_bad_fails if {
	rule.violation == {{"fact": "settings.data_api"}} with input as cluster(true, {"team": "x"})
}

test_good_passes if {
	rule.violation == set() with input as cluster(false, {})
	rule.violation == set() with input as cluster(true, {"Data-API": "approved"})
}
