package probity.rules.access.secret_in_manifest_test

import data.probity.rules.access.secret_in_manifest as rule

test_written_value_fails if {
	rule.violation == {{"fact": "settings.literal"}} with input as {"settings": {"literal": true}}
}

test_value_from_elsewhere_passes if {
	rule.violation == set() with input as {"settings": {"literal": false}}
}
