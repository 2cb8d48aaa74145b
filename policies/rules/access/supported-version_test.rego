package probity.rules.access.supported_version_test

import data.probity.rules.access.supported_version as rule

server(version) := {"now": "2026-11-28T12:00:00Z", "lifecycle": {"version": version}}

ended contains version if {
	some version in [
		"postgres 13.23", "postgres 9.6.24", "postgres 9.2.1", "postgres 15.18", "postgres 19.0",
		"mysql 8.0.46", "mysql 5.1.73", "mysql 8.4.9", "mysql 9.7.0", "mariadb 10.6.20", "mariadb 10.11.19", "mariadb 5.5.68", "mariadb 13.0.1",
	]
	count(rule.violation) == 1 with input as server(version)
}

test_those_that_ended_fail if {
	ended == {"postgres 13.23", "postgres 9.6.24", "postgres 9.2.1", "mysql 8.0.46", "mysql 5.1.73", "mariadb 10.6.20", "mariadb 5.5.68"}
}

test_later_it_fails if {
	rule.violation == {{"fact": "lifecycle.version"}} with input as object.union(server("postgres 15.18"), {"now": "2027-11-12T00:00:00Z"})
}
