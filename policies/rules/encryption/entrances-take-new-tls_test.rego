package probity.rules.encryption.entrances_take_new_tls_test

import data.probity.rules.encryption.entrances_take_new_tls as rule

entrance(encrypted, policy) := {"encryption": {"in_transit": encrypted}, "settings": {"tls_policy": policy}}

test_clear_listener_fails if {
	rule.violation == {{"fact": "encryption.in_transit"}} with input as {"encryption": {"in_transit": false}}
}

test_old_policies_fail if {
	every policy in ["ELBSecurityPolicy-2016-08", "ELBSecurityPolicy-TLS-1-1-2017-01", "ELBSecurityPolicy-TLS13-1-0-2021-06", "ELBSecurityPolicy-FS-2018-06", "TLSv1", "TLSv1_2016", "TLSv1.1_2016", "TLS_1_0"] {
		rule.violation == {{"fact": "settings.tls_policy"}} with input as entrance(true, policy)
	}
}

test_new_policies_pass if {
	every policy in ["ELBSecurityPolicy-TLS13-1-2-2021-06", "ELBSecurityPolicy-TLS13-1-3-2021-06", "ELBSecurityPolicy-TLS-1-2-Ext-2018-06", "ELBSecurityPolicy-FS-1-2-Res-2020-10", "TLSv1.2_2021", "TLSv1.3_2025", "TLS_1_2", "SecurityPolicy_TLS13_1_3_2025_09"] {
		rule.violation == set() with input as entrance(true, policy)
	}
}
