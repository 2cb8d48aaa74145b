package probity.rules.exposure.no_public_store_test

import data.probity.rules.exposure.no_public_store as rule

test_public_bucket_fails if {
	rule.violation == {{"fact": "exposure.public"}} with input as {"exposure": {"public": true}}
}

test_private_bucket_passes if {
	rule.violation == set() with input as {"exposure": {"public": false}}
}
