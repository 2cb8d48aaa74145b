package probity.rules.exposure.origins_with_identity_test

import data.probity.rules.exposure.origins_with_identity as rule

test_bad_fails if {
	rule.violation == {{"fact": "settings.open_origins", "element": "reports"}} with input as {"settings": {"open_origins": ["reports"]}}
}

test_good_passes if {
	rule.violation == set() with input as {"settings": {"open_origins": []}}
}
