package probity.rules.access.bucket_actions_named_test

import data.probity.rules.access.bucket_actions_named as rule

bucket(who) := {"scope": {"account": "111122223333"}, "settings": {"everything_granted": [who]}}

test_everything_for_an_application_fails if {
	rule.violation == {{"fact": "settings.everything_granted", "element": "arn:aws:iam::111122223333:role/app"}} with input as bucket("arn:aws:iam::111122223333:role/app")
}

test_everything_for_a_foreign_admin_fails if {
	rule.violation == {{"fact": "settings.everything_granted", "element": "arn:aws:iam::444455556666:role/admin"}} with input as bucket("arn:aws:iam::444455556666:role/admin")
}

test_administrator_passes if {
	rule.violation == set() with input as bucket("arn:aws:iam::111122223333:role/Administrator")
}
