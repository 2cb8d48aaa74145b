package probity.rules.exposure.public_grants_on_personal_data_test

import data.probity.rules.exposure.public_grants_on_personal_data as rule

table(who, category) := {"access": {"readers": [{"principal": who}]}, "labels": [{"category": category}]}

test_public_fails if {
	rule.violation == {{"fact": "access.readers", "element": "PUBLIC"}} with input as table("PUBLIC", "contact")
}

test_nameless_fails if {
	rule.violation == {{"fact": "access.readers", "element": "''@'%'"}} with input as table("''@'%'", "contact")
}

test_named_passes if {
	rule.violation == set() with input as table("app", "contact")
}

test_nobodys_data_passes if {
	rule.violation == set() with input as table("PUBLIC", "credential")
}
