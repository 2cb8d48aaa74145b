package probity.rules.access.minor_upgrades_test

import data.probity.rules.access.minor_upgrades as rule

test_test_off_fails if {
	rule.violation == {{"fact": "settings.minor_upgrades"}} with input as {"settings": {"minor_upgrades": false}}
}

test_test_on_passes if {
	rule.violation == set() with input as {"settings": {"minor_upgrades": true}}
}
