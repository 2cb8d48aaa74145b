package probity.rules.encryption.key_rotation_test

import data.probity.rules.encryption.key_rotation as rule

key(spec, rotation, days) := {"settings": {"spec": spec, "rotation": rotation, "rotation_days": days}}

test_key_without_rotation_fails if {
	rule.violation == {{"fact": "settings.rotation"}} with input as key("SYMMETRIC_DEFAULT", false, 365)
}

test_slow_rotation_fails if {
	rule.violation == {{"fact": "settings.rotation_days"}} with input as key("SYMMETRIC_DEFAULT", true, 2560)
}

test_yearly_rotation_passes if {
	rule.violation == set() with input as key("SYMMETRIC_DEFAULT", true, 365)
}

test_key_pair_passes if {
	rule.violation == set() with input as key("RSA_2048", false, 365)
}
