package probity.rules.residency.delivery_to_known_servers_test

import data.probity.rules.residency.delivery_to_known_servers as rule

test_an_unknown_server_fails if {
	rule.violation == {{"fact": "settings.endpoint"}} with input as {"settings": {"destination": "http_endpoint", "endpoint": "in.example.com"}}
		with data.config.known_servers as []
}

test_a_named_server_passes if {
	rule.violation == set() with input as {"settings": {"destination": "splunk", "endpoint": "in.example.com"}}
		with data.config.known_servers as ["in.example.com"]
}

test_a_bucket_passes if {
	rule.violation == set() with input as {"settings": {"destination": "extended_s3"}}
}
