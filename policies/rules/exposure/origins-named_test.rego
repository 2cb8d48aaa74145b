package probity.rules.exposure.origins_named_test

import data.probity.rules.exposure.origins_named as rule

test_bad_fails if {
	rule.violation == {{"fact": "settings.cors_origins", "element": "*"}} with input as {"settings": {"cors_origins": ["*"]}}
}

test_good_passes if {
	rule.violation == set() with input as {"settings": {"cors_origins": ["https://shop.example.org"]}}
}
