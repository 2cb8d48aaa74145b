package resolve

import (
	probity "github.com/probity-scan/probity"
)

// evidence is a fact as it stood when another was worked out from it.
func evidence(a *probity.Asset, path probity.Path, l probity.Leaf) probity.Evidence {
	v, g := l.Value()
	e := probity.Evidence{Asset: a.Ref, Fact: path, Gap: g, Origin: l.From()}
	if g == nil {
		e.Value = v
	}
	return e
}

// derived is the origin of a fact worked out from others.
func derived(from ...probity.Evidence) *probity.Origin { return &probity.Origin{Derived: from} }

// settled reports whether somebody said what a fact is: a provider's default holds only where nothing else tells.
func settled[T any](f probity.Fact[T]) bool {
	_, ok := f.Get()
	return ok && (f.From() == nil || f.From().Default == "")
}

// deciding picks the gap to pass on: a loss first, since it makes the scan incomplete; not-collected last, since it
// tells least.
func deciding(gaps []*probity.Gap) *probity.Gap {
	rank := func(g *probity.Gap) int {
		switch {
		case g == nil:
			return 0
		case g.Reason == probity.NotCollected:
			return 1
		case !g.Reason.Loss():
			return 2
		}
		return 3
	}
	var out *probity.Gap
	for _, g := range gaps {
		if rank(g) > rank(out) {
			out = g
		}
	}
	return out
}
