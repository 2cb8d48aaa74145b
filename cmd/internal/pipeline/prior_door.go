package pipeline

import (
	"context"
	"strings"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/cmd/internal/inventory"
	"github.com/probity-scan/probity/scanners/kinds"
	"github.com/probity-scan/probity/scanners/resolve"
)

// behind is whether anybody reaches a database that this scan asked itself, as an earlier scan found of the instance, cluster or
// warehouse that runs it. Where this scan lists that too, it is judged itself.
func behind(ctx context.Context, inv *resolve.Slice, a probity.Asset, o Options) (probity.Fact[bool], error) {
	public := a.Exposure.Public
	if !kinds.Served(a.Kind) || !public.IsZero() {
		return public, nil
	}
	for _, at := range inventory.Endpoints(a) {
		for b, err := range inv.Assets(ctx, resolve.Query{Alias: strings.TrimPrefix(at, "endpoint ")}) {
			if err != nil || !kinds.Served(b.Kind) && b.Scope.Account != "" {
				return public, err
			}
		}
		doors, err := o.Prior.Known(ctx, inventory.Door(at))
		if err != nil {
			return public, err
		}
		if len(doors) != 1 || o.MaxAge > 0 && o.Now.Sub(doors[0].Origin.At) > o.MaxAge {
			continue
		}
		if is, known := doors[0].Exposure.Public.Get(); known {
			return probity.Known(is, doors[0].Origin), nil
		}
	}
	return public, nil
}
