package probity.rules.residency.ai_opt_out_test

import data.probity.rules.residency.ai_opt_out as rule

test_taking_part_fails if {
	rule.violation == {{"fact": "settings.ai_opt_out"}} with input as {"settings": {"ai_opt_out": false}}
}

test_opting_out_passes if {
	rule.violation == set() with input as {"settings": {"ai_opt_out": true}}
}
