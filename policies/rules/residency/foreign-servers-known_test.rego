package probity.rules.residency.foreign_servers_known_test

import data.probity.rules.residency.foreign_servers_known as rule

base(host) := {"settings": {"remotes": [{"name": "archive", "by": "postgres_fdw", "host": host}]}}

test_stranger_fails if {
	rule.violation == {{"fact": "settings.remotes", "element": "archive"}} with input as base("old.example.org") with data.config as {"known_servers": []}
}

test_known_passes if {
	rule.violation == set() with input as base("old.example.org") with data.config as {"known_servers": ["old.example.org"]}
}

test_file_passes if {
	rule.violation == set() with input as base("") with data.config as {"known_servers": []}
}
