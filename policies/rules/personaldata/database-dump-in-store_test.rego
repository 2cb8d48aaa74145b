package probity.rules.personaldata.database_dump_in_store_test

import data.probity.rules.personaldata.database_dump_in_store as rule

store(on, category) := {"labels": [{"on": on, "category": category}]}

test_packed_dump_fails if {
	rule.violation == {{"fact": "labels", "element": "old/shop.sql.gz"}} with input as store("old/shop.sql.gz:clients.email", "contact")
}

test_database_file_fails if {
	rule.violation == {{"fact": "labels", "element": "app.sqlite3"}} with input as store("app.sqlite3", "health")
}

test_export_passes if {
	rule.violation == set() with input as store("people.csv:email", "contact")
}

test_nobodys_data_passes if {
	rule.violation == set() with input as store("shop.sql:keys.key", "credential")
}
