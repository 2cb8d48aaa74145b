package probity.rules.encryption.object_lists_guarded_test

import data.probity.rules.encryption.object_lists_guarded as rule

bucket(clear, accounts) := {"scope": {"account": "111122223333"}, "settings": {"clear_inventories": clear, "inventory_accounts": accounts}}

test_clear_list_fails if {
	rule.violation == {{"fact": "settings.clear_inventories", "element": "arn:aws:s3:::lists"}} with input as bucket(["arn:aws:s3:::lists"], [])
}

test_list_for_a_stranger_fails if {
	rule.violation == {{"fact": "settings.inventory_accounts", "element": "999988887777"}} with input as bucket([], ["999988887777"])
		with data.config.trusted_accounts as []
}

test_own_and_trusted_accounts_pass if {
	rule.violation == set() with input as bucket([], ["111122223333", "444455556666"])
		with data.config.trusted_accounts as ["444455556666"]
}
