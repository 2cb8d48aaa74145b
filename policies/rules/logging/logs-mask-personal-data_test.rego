package probity.rules.logging.logs_mask_personal_data_test

import data.probity.rules.logging.logs_mask_personal_data as rule

log(masks, category) := {"settings": {"masks": masks}, "labels": [{"category": category}]}

test_readable_person_fails if {
	rule.violation == {{"fact": "settings.masks"}} with input as log(false, "contact")
}

test_masked_person_passes if {
	rule.violation == set() with input as log(true, "contact")
}

test_log_without_people_passes if {
	rule.violation == set() with input as {"settings": {"masks": false}, "labels": []}
}
