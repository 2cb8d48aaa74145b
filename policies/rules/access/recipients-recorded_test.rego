package probity.rules.access.recipients_recorded_test

import data.probity.rules.access.recipients_recorded as rule

store(recipients) := {
	"exposure": {"outside": [{"principal": "arn:aws:iam::222222222222:root"}]},
	"labels": [{"category": "contact"}],
	"activities": [{"id": "mail", "recipients": recipients}],
}

test_unknown_recipient_fails if {
	rule.violation == {{"fact": "exposure.outside", "element": "arn:aws:iam::222222222222:root"}} with input as store(["Print Ltd"]) with data.config.processors as {"222222222222": "Mail Ltd"}
	rule.violation == {{"fact": "exposure.outside", "element": "arn:aws:iam::222222222222:root"}} with input as store(["Mail Ltd"]) with data.config.processors as {}
}

test_named_owner_passes if {
	rule.violation == set() with input as store(["Mail Ltd"]) with data.config.processors as {"222222222222": "Mail Ltd"}
}

test_named_account_passes if {
	rule.violation == set() with input as store(["222222222222"]) with data.config.processors as {}
}

test_store_without_people_passes if {
	rule.violation == set() with input as {"exposure": {"outside": [{"principal": "222222222222"}]}, "labels": [], "activities": []} with data.config.processors as {}
}

test_everybody_is_for_others_to_say if {
	rule.violation == set() with input as {"exposure": {"outside": [{"principal": "*"}]}, "labels": [{"category": "contact"}], "activities": []} with data.config.processors as {}
}
