package probity.rules.exposure.public_sharing_blocked_test

import data.probity.rules.exposure.public_sharing_blocked as rule

test_test_both_open_fails if {
	rule.violation == {{"fact": "settings.snapshots_private"}, {"fact": "settings.images_private"}} with input as {"settings": {"snapshots_private": false, "images_private": false}}
}

test_test_both_blocked_passes if {
	rule.violation == set() with input as {"settings": {"snapshots_private": true, "images_private": true}}
}
