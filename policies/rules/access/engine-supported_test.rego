package probity.rules.access.engine_supported_test

import data.probity.rules.access.engine_supported as rule

test_ended_fails if {
	rule.violation == {{"fact": "settings.version_supported"}} with input as {"settings": {"version_supported": false}}
}

test_supported_passes if {
	rule.violation == set() with input as {"settings": {"version_supported": true}}
}
