package probity.rules.personaldata.national_id_readable_test

import data.probity.rules.personaldata.national_id_readable as rule

store(detector, protection) := {"labels": [{"detector": detector, "category": "identifier", "on": "staff.csv:number", "protection": protection}]}

test_clear_number_fails if {
	rule.violation == {{"fact": "labels", "element": "staff.csv:number"}} with input as store("us-ssn", "clear")
}

test_token_passes if {
	rule.violation == set() with input as store("us-ssn", "token")
}

test_name_passes if {
	rule.violation == set() with input as store("person-name", "clear")
}
