package resolve

import (
	"context"

	probity "github.com/probity-scan/probity"
)

// audit tells from a store's links that its accesses are logged.
func audit(_ context.Context, _ Inventory, a *probity.Asset) (bool, error) {
	if _, ok := a.Audit.Access.Get(); ok {
		return false, nil
	}
	var gap *probity.Gap
	for _, l := range a.Links.Items {
		if l.Kind != probity.LogsTo {
			continue
		}
		e := probity.Evidence{Asset: a.Ref, Fact: "links", Value: l.To.ID, Origin: a.Links.From()}
		if l.Gap == nil {
			a.Audit.Access = known(true, e).fact()
			return true, nil
		}
		gap = l.Gap
	}
	if gap == nil || !a.Audit.Access.IsZero() {
		return false, nil
	}
	a.Audit.Access = unknown(gap, probity.Evidence{Asset: a.Ref, Fact: "links", Gap: gap, Origin: a.Links.From()}).fact()
	return true, nil
}
