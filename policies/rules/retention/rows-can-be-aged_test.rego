package probity.rules.retention.rows_can_be_aged_test

import data.probity.rules.retention.rows_can_be_aged as rule

table(columns, labels) := {"settings": {"columns": columns}, "labels": labels}

mail := {"category": "contact", "detector": "email", "on": "email"}

born := {"category": "identifier", "detector": "date-of-birth", "on": "b"}

column(name, type) := {"name": name, "type": type}

test_no_date_fails if {
	rule.violation == {{"fact": "settings.columns"}} with input as table([column("email", "text")], [mail])
	rule.violation == {{"fact": "settings.columns"}} with input as table([column("email", "text"), column("location", "text")], [mail])
	rule.violation == {{"fact": "settings.columns"}} with input as table([column("email", "text"), column("birth_date", "date")], [mail])
	rule.violation == {{"fact": "settings.columns"}} with input as table([column("email", "text"), column("b", "date")], [mail, born])
}

test_dates_pass if {
	rule.violation == set() with input as table([column("email", "text"), column("since", "timestamp with time zone")], [mail])
	rule.violation == set() with input as table([column("email", "text"), column("created_at", "INTEGER")], [mail])
	rule.violation == set() with input as table([column("email", "text"), column("createdAt", "TEXT")], [mail])
}

test_others_pass if {
	rule.violation == set() with input as table([column("email", "text")], [])
}
