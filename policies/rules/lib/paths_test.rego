package probity.lib.paths_test

import data.probity.lib.paths

test_meets if {
	paths.meets("exports/*", "exports/2026/people.csv:email")
	paths.meets("a?c", "abc")
	paths.meets("a.b", "a.b:x")
	not paths.meets("a.b", "axb")
	not paths.meets("exports/*", "reports/people.csv")
}
