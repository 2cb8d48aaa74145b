package probity.rules.exposure.clusters_kept_from_everybody_test

import data.probity.rules.exposure.clusters_kept_from_everybody as rule

test_open_fails if {
	rule.violation == {{"fact": "settings.public_rules_blocked"}} with input as {"settings": {"public_rules_blocked": false}}
}

test_blocked_passes if {
	rule.violation == set() with input as {"settings": {"public_rules_blocked": true}}
}
