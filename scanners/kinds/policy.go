package kinds

import probity "github.com/probity-scan/probity"

// NoPolicy is that of a new store of the kind, which only its own account can use.
func NoPolicy(what string) probity.Fact[probity.Optional[string]] {
	return none[string]("a new " + what + " has no policy beyond its own account")
}

// Always is what a service does for every store and nobody can turn off.
func Always(says string) probity.Fact[bool] { return byDefault(true, says) }

// Off is a switch that is off unless told.
func Off(says string) probity.Fact[bool] { return byDefault(false, says) }

// NoText is an optional text that is not there.
func NoText(says string) probity.Fact[probity.Optional[string]] { return none[string](says) }
