# Until when makers mend the versions of their servers, as of 2026-11-28. Sources: the versioning policy of postgresql.org, the support
# policy of mysql.com (Oracle Lifetime Support) and the maintenance policy of mariadb.org. What is older than all that is listed is no
# longer mended; what is newer is not judged.
package probity.lib.versions

until := {
	"postgres": {
		"9.5": "2021-02-11", "9.6": "2021-11-11", "10": "2022-11-10", "11": "2023-11-09", "12": "2024-11-21", "13": "2025-11-13",
		"14": "2026-11-12", "15": "2027-11-11", "16": "2028-11-09", "17": "2029-11-08", "18": "2030-11-14",
	},
	"mysql": {
		"5.6": "2021-02-28", "5.7": "2023-10-31", "8.0": "2026-04-30", "8.1": "2023-10-25", "8.2": "2024-01-16", "8.3": "2024-04-30",
		"8.4": "2032-04-30", "9.0": "2024-10-15", "9.1": "2025-01-21", "9.2": "2025-04-15", "9.3": "2025-07-22", "9.4": "2025-10-21",
	},
	"mariadb": {
		"10.2": "2022-05-23", "10.3": "2023-05-25", "10.4": "2024-06-18", "10.5": "2025-06-24", "10.6": "2026-07-06", "10.7": "2023-02-09",
		"10.8": "2023-05-20", "10.9": "2023-08-22", "10.10": "2023-11-17", "10.11": "2028-02-16", "11.0": "2024-06-06", "11.1": "2024-08-21",
		"11.2": "2024-11-21", "11.3": "2024-05-29", "11.4": "2029-05-29", "11.5": "2024-11-21", "11.6": "2025-02-13", "11.7": "2025-05-12",
		"11.8": "2028-06-04", "12.0": "2025-11-18", "12.1": "2026-02-13", "12.2": "2026-05-13", "12.3": "2029-06-30",
	},
}

# ended reports whether the makers no longer mend a version such as "postgres 15.18" at a time.
ended(version, now) if time.parse_rfc3339_ns(concat("", [until[product(version)][series(version)], "T23:59:59Z"])) < time.parse_rfc3339_ns(now)

ended(version, _) if {
	numbers := [parts(s) | some s, _ in until[product(version)]]
	parts(series(version)) < min(numbers)
}

product(version) := split(version, " ")[0]

# series is the major version: one number of PostgreSQL from 10 on, else two.
series(version) := split(number(version), ".")[0] if {
	product(version) == "postgres"
	parts(number(version))[0] >= 10
}

series(version) := concat(".", array.slice(split(number(version), "."), 0, 2)) if product(version) != "postgres"

series(version) := concat(".", array.slice(split(number(version), "."), 0, 2)) if {
	product(version) == "postgres"
	parts(number(version))[0] < 10
}

number(version) := split(version, " ")[1]

parts(series) := [to_number(n) | some n in split(series, "."); regex.match("^[0-9]+$", n)]
