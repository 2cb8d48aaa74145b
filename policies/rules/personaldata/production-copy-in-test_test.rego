package probity.rules.personaldata.production_copy_in_test_test

import data.probity.rules.personaldata.production_copy_in_test as rule

store(env, sources) := {"tags": {"Environment": env}, "lineage": {"production": sources}}

test_copy_of_production_fails if {
	rule.violation == {{"fact": "lineage.production", "element": "prod"}} with input as store("Staging", ["prod"])
}

test_copy_of_test_passes if {
	rule.violation == set() with input as store("dev", [])
}

test_production_passes if {
	rule.violation == set() with input as store("production", ["prod"])
}
