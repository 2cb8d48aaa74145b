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

// deciding picks the gap to pass on: a loss first, since it makes the scan incomplete, else the first.
func deciding(gaps []*probity.Gap) *probity.Gap {
	var first *probity.Gap
	for _, g := range gaps {
		if g == nil {
			continue
		}
		if g.Reason.Loss() {
			return g
		}
		if first == nil {
			first = g
		}
	}
	return first
}
