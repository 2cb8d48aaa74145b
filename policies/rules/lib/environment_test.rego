package probity.lib.environment_test

import data.probity.lib.environment

test_testing if {
	environment.testing("Env", "Staging")
	environment.testing("stage", "dev")
	not environment.testing("env", "production")
	not environment.testing("team", "test")
}
