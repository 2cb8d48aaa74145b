package probity.rules.exposure.notebook_isolated_test

import data.probity.rules.exposure.notebook_isolated as rule

test_test_open_notebook_fails if {
	rule.violation == {{"fact": "settings.direct_internet"}, {"fact": "settings.root"}} with input as {"settings": {"direct_internet": true, "root": true}}
}

test_test_closed_notebook_passes if {
	rule.violation == set() with input as {"settings": {"direct_internet": false, "root": false}}
}
