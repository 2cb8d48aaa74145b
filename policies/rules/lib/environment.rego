# What a tag says of the environment that a store belongs to.
package probity.lib.environment

testing(key, value) if {
	lower(key) in {"env", "environment", "stage"}
	lower(value) in {"dev", "development", "test", "testing", "qa", "staging", "sandbox"}
}

production(key, value) if {
	lower(key) in {"env", "environment", "stage"}
	lower(value) in {"prod", "production", "prd", "live"}
}
