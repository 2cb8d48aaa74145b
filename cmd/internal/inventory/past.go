package inventory

import (
	"context"
	"slices"
	"strings"

	"github.com/probity-scan/probity"
)

// Over is what a history knows of stores that it looks up by [Keys], as an inventory tells it: with the time of the last look into
// each. Of what several scans tell of one store, the newest look counts.
func Over(history probity.Prior) probity.Prior { return past{history} }

type past struct{ history probity.Prior }

// Known implements [probity.Prior]. The names that it takes are those of [Names].
func (p past) Known(ctx context.Context, name string) ([]probity.Asset, error) {
	found, err := p.history.Known(ctx, digest(name))
	if err != nil {
		return nil, err
	}
	door := strings.HasPrefix(name, Door(""))
	var out []probity.Asset
	for _, a := range found { // the newest first
		switch {
		case door:
		case Looked(a):
			a.Labels = dated(a.Labels, a.Origin.At)
		case len(arns(a)) == 0:
			continue
		}
		i := slices.IndexFunc(out, func(o probity.Asset) bool { return o.Ref == a.Ref || sharesARN(o, a) })
		switch {
		case i < 0:
			out = append(out, a)
		case !door && Looked(a) && (!Looked(out[i]) || a.Labels.From().At.After(out[i].Labels.From().At)):
			out[i] = a
		}
	}
	return out, nil
}

func sharesARN(a, b probity.Asset) bool {
	x := arns(b)
	return slices.ContainsFunc(arns(a), func(k string) bool { return slices.Contains(x, k) })
}
