package probity.rules.exposure.public_personal_data_test

import data.probity.rules.exposure.public_personal_data as rule

bucket(public, on) := {
	"class": "bucket",
	"exposure": {"public": public, "outside": [{"principal": "*", "actions": ["s3:GetObject"], "on": on}]},
	"labels": [{"category": "contact", "on": "exports/people.csv:email"}],
}

found := {{"fact": "exposure.public", "element": "contact"}}

test_public_bucket_fails if {
	rule.violation == found with input as bucket(true, [])
}

test_public_path_with_the_data_fails if {
	rule.violation == found with input as bucket(true, ["assets/*", "exp*/people.*"])
}

test_public_path_without_the_data_passes if {
	rule.violation == set() with input as bucket(true, ["assets/*"])
}

test_private_bucket_passes if {
	rule.violation == set() with input as bucket(false, [])
}

test_public_without_a_grant_fails if {
	rule.violation == found with input as object.union(bucket(true, []), {"exposure": {"outside": [{"principal": "111111111111", "on": ["assets/*"]}]}})
}

test_public_database_fails if {
	rule.violation == {{"fact": "exposure.public", "element": "health"}} with input as {
		"class": "database",
		"exposure": {"public": true},
		"labels": [{"category": "health", "on": "patients.diagnosis"}],
	}
}

test_credentials_are_not_personal_data if {
	rule.violation == set() with input as {"class": "database", "exposure": {"public": true}, "labels": [{"category": "credential", "on": "a"}]}
}
