package probity.lib.environment_test

import data.probity.lib.environment

test_testing if {
	environment.testing("Env", "Staging")
	environment.testing("stage", "dev")
	not environment.testing("env", "production")
	not environment.testing("team", "test")
}

test_production if {
	environment.production("Env", "Prod")
	environment.production("stage", "live")
	not environment.production("env", "test")
	not environment.production("team", "production")
}
