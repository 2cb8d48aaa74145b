package probity.rules.personaldata.personal_data_in_free_text_test

import data.probity.rules.personaldata.personal_data_in_free_text as rule

label(on, category, protection) := {"on": on, "category": category, "protection": protection}

test_gathered_fails if {
	rule.violation == {{"fact": "labels", "element": "notes"}} with input as {"labels": [label("notes", "contact", "clear"), label("notes", "financial", "clear")]}
}

test_apart_passes if {
	rule.violation == set() with input as {"labels": [label("mail", "contact", "clear"), label("iban", "financial", "clear")]}
}

test_redacted_passes if {
	rule.violation == set() with input as {"labels": [label("notes", "contact", "clear"), label("notes", "financial", "token")]}
}
