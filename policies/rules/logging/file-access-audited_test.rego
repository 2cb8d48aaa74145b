package probity.rules.logging.file_access_audited_test

import data.probity.rules.logging.file_access_audited as rule

share(type, access) := {"settings": {"type": type}, "audit": {"access": access}}

test_unrecorded_fails if {
	rule.violation == {{"fact": "audit.access"}} with input as share("windows", false)
}

test_recorded_passes if {
	rule.violation == set() with input as share("windows", true)
}

test_other_types_pass if {
	rule.violation == set() with input as share("lustre", false)
}
