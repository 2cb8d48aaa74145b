package probity.rules.access.publications_minimal_test

import data.probity.rules.access.publications_minimal as rule

test_all_tables_fail if {
	rule.violation == {{"fact": "settings.published_whole", "element": "all"}} with input as {"kind": "postgres.database", "settings": {"published_whole": ["all"]}, "labels": []}
}

table(category) := {"kind": "postgres.table", "settings": {"published_whole": ["some"]}, "labels": [{"category": category}]}

test_personal_table_fails if {
	rule.violation == {{"fact": "settings.published_whole", "element": "some"}} with input as table("contact")
}

test_other_table_passes if {
	rule.violation == set() with input as table("credential")
}
