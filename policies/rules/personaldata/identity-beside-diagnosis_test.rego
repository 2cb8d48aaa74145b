package probity.rules.personaldata.identity_beside_diagnosis_test

import data.probity.rules.personaldata.identity_beside_diagnosis as rule

label(category, on, protection) := {"category": category, "on": on, "protection": protection}

bucket(labels) := {"class": "bucket", "labels": labels}

test_same_file_fails if {
	rule.violation == {{"fact": "labels", "element": "visits.csv"}} with input as bucket([
		label("health", "visits.csv:icd", "clear"),
		label("contact", "visits.csv:email", "clear"),
	])
}

test_other_file_passes if {
	rule.violation == set() with input as bucket([
		label("health", "visits.csv:icd", "clear"),
		label("contact", "people.csv:email", "clear"),
	])
}

test_pseudonym_passes if {
	rule.violation == set() with input as bucket([
		label("health", "visits.csv:icd", "clear"),
		label("identifier", "visits.csv:person", "keyed-hash"),
	])
}

test_same_table_fails if {
	rule.violation == {{"fact": "labels", "element": "row"}} with input as {
		"class": "table",
		"labels": [label("health", "icd", "clear"), label("identifier", "name", "clear")],
	}
}
