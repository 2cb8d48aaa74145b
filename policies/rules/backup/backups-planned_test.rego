package probity.rules.backup.backups_planned_test

import data.probity.rules.backup.backups_planned as rule

test_no_plan_fails if {
	rule.violation == {{"fact": "settings.backup_plan"}} with input as {"settings": {"backup_plan": false}}
}

test_plan_passes if {
	rule.violation == set() with input as {"settings": {"backup_plan": true}}
}
