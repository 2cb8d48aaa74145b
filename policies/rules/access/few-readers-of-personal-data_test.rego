package probity.rules.access.few_readers_of_personal_data_test

import data.probity.rules.access.few_readers_of_personal_data as rule

table(n, category) := {"access": {"readers": [{"principal": sprintf("r%d", [i])} | some i in numbers.range(1, n)]}, "labels": [{"category": category}]}

test_many_fails if {
	rule.violation == {{"fact": "access.readers"}} with input as table(11, "contact")
}

test_few_passes if {
	rule.violation == set() with input as table(10, "contact")
}

test_nobodys_data_passes if {
	rule.violation == set() with input as table(11, "credential")
}
