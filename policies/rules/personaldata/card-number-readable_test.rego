package probity.rules.personaldata.card_number_readable_test

import data.probity.rules.personaldata.card_number_readable as rule

card(protection) := {"labels": [{"detector": "payment-card", "category": "financial", "on": "orders.csv:card", "protection": protection}]}

test_clear_numbers_fail if {
	rule.violation == {{"fact": "labels", "element": "orders.csv:card"}} with input as card("clear")
}

test_truncated_numbers_pass if {
	rule.violation == set() with input as card("truncated")
}

test_other_labels_pass if {
	rule.violation == set() with input as {"labels": [{"detector": "iban", "category": "financial", "on": "a", "protection": "clear"}]}
}
