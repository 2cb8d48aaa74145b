package probity.rules.access.row_security_on_shared_tables_test

import data.probity.rules.access.row_security_on_shared_tables as rule

table(on, forced) := {"settings": {"tenants": ["tenant_id"], "row_security": on, "forced": forced}, "labels": [{"category": "contact"}]}

test_open_fails if {
	rule.violation == {{"fact": "settings.row_security"}} with input as table(false, false)
}

test_open_to_the_owner_fails if {
	rule.violation == {{"fact": "settings.forced"}} with input as table(true, false)
}

test_apart_passes if {
	rule.violation == set() with input as table(true, true)
}

test_one_tenant_passes if {
	rule.violation == set() with input as object.union(table(false, false), {"settings": {"tenants": []}})
}

test_nobodys_data_passes if {
	rule.violation == set() with input as object.union(table(false, false), {"labels": [{"category": "credential"}]})
}
