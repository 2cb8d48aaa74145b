package probity.rules.access.logins_of_people_end_test

import data.probity.rules.access.logins_of_people_end as rule

server := {"settings": {"lasting": ["app_web", "anna"]}}

test_people_fail if {
	rule.violation == {{"fact": "settings.lasting", "element": "anna"}} with input as server with data.config.service_accounts as ["app_*"]
}

test_programs_pass if {
	rule.violation == set() with input as server with data.config.service_accounts as ["app_*", "anna"]
}
