package probity.lib.versions_test

import data.probity.lib.versions

now := "2026-11-28T12:00:00Z"

test_ended if {
	every version in ["postgres 9.6.24", "postgres 13.9", "postgres 8.4", "mysql 5.7.44", "mysql 8.0.40", "mariadb 10.5.1", "mariadb 5.5"] {
		versions.ended(version, now)
	}
}

test_mended if {
	every version in ["postgres 16.4", "postgres 18", "mysql 8.4.3", "mariadb 11.4.2", "postgres 19.0"] {
		not versions.ended(version, now)
	}
}
