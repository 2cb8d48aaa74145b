package probity.rules.personaldata.personal_data_in_logs_test

import data.probity.rules.personaldata.personal_data_in_logs as rule

store(class, on, category) := {"class": class, "name": "clinic", "labels": [{"category": category, "on": on}]}

test_log_group_fails if {
	rule.violation == {{"fact": "labels", "element": "stream"}} with input as store("log", "stream:message", "contact")
}

test_log_file_fails if {
	rule.violation == {{"fact": "labels", "element": "var/app.log.1"}} with input as store("bucket", "var/app.log.1", "identifier")
}

test_folder_of_logs_fails if {
	rule.violation == {{"fact": "labels", "element": "logs/2026/a.txt"}} with input as store("filesystem", "logs/2026/a.txt:line", "health")
}

test_table_of_logs_fails if {
	found := rule.violation with input as object.union(store("table", "detail", "contact"), {"name": "public.event_log"})
	found == {{"fact": "labels", "element": "detail"}}
}

test_addresses_alone_pass if {
	rule.violation == set() with input as store("log", "stream", "online")
}

test_other_files_pass if {
	rule.violation == set() with input as store("bucket", "catalogue.csv:email", "contact")
}

test_other_tables_pass if {
	rule.violation == set() with input as store("table", "email", "contact")
}
