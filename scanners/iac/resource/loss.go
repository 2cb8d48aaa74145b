package resource

import (
	probity "github.com/probity-scan/probity"
)

// Loss is something of the code that could not be read or followed.
type Loss struct {
	Gap    probity.Gap
	Origin *probity.Origin
	Type   string // of the resources that may be missing; empty: of any
	// Module: a whole module is not there, which may set what holds for an account.
	Module bool
	// Providers are the configurations by which the module may do so; nil: any.
	Providers []string
	// Given is what a module that is not there was handed, and so may change: addresses and texts. Any says that what is
	// lost may belong to everything in the root.
	Given []string
	Any   bool
}

// Doubt is the gap of a fact that what was lost may change: it names the place, which is not the fact's own.
func (l Loss) Doubt() probity.Gap {
	return probity.Gap{Reason: l.Gap.Reason, Needs: l.Gap.Needs, Because: l.Origin.String() + ": " + l.Gap.Because}
}
