package probity.rules.access.people_have_second_factor_test

import data.probity.rules.access.people_have_second_factor as rule

user(password, mfa) := {"settings": {"console_password": password, "mfa": mfa}}

test_password_alone_fails if {
	rule.violation == {{"fact": "settings.mfa"}} with input as user(true, false)
}

test_second_factor_passes if {
	rule.violation == set() with input as user(true, true)
}

test_user_without_password_passes if {
	rule.violation == set() with input as user(false, false)
}
