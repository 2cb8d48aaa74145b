package probity.rules.exposure.static_website_off_test

import data.probity.rules.exposure.static_website_off as rule

test_website_fails if {
	rule.violation == {{"fact": "settings.website"}} with input as {"settings": {"website": true}}
}

test_plain_bucket_passes if {
	rule.violation == set() with input as {"settings": {"website": false}}
}
