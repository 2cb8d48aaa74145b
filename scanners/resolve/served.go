package resolve

import (
	"context"
	"slices"
	"strings"

	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/kinds"
)

// served puts a database that a server was asked for into the instance, cluster or warehouse that an account lists, so that this
// is judged with what the tables hold. The address of an endpoint tells them to be one. A server's own identifier does not: a
// restored copy keeps it.
func served(ctx context.Context, inv Inventory, a *probity.Asset) (bool, error) {
	if !kinds.Served(a.Kind) || slices.ContainsFunc(a.Links.Items, func(l probity.Link) bool { return l.Kind == probity.ContainedIn }) {
		return false, nil
	}
	at := ""
	var runs []probity.Ref
	for _, name := range a.Aliases {
		if strings.Contains(name, "/") {
			continue
		}
		at = name
		for b, err := range inv.Assets(ctx, Query{Alias: name}) {
			if err != nil {
				return false, err
			}
			if !kinds.Served(b.Kind) && b.Scope.Account != "" && b.Root == "" && (b.Class == probity.Database || b.Class == probity.Warehouse) && !slices.Contains(runs, b.Ref) {
				runs = append(runs, b.Ref)
			}
		}
	}
	l := probity.Link{Kind: probity.ContainedIn}
	switch len(runs) {
	case 0:
		return false, nil
	case 1:
		l.To = runs[0]
	default:
		l.To, l.Gap = probity.Ref{ID: at}, &probity.Gap{Reason: probity.Unresolved, Because: "several databases of accounts answer at its address"}
	}
	a.Links = a.Links.With(l)
	return true, nil
}
