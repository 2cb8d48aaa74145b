package pipeline

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/cmd/internal/inventory"
	"github.com/probity-scan/probity/scanners/kinds"
	"github.com/probity-scan/probity/scanners/resolve"
)

const notScanned = "not scanned for personal data"

// remember gives stores whose content this scan does not read the labels that were found in them before. What nobody ever
// scanned, or scanned too long ago, says so.
func remember(ctx context.Context, inv *resolve.Slice, o Options) error {
	told := map[probity.Ref]bool{} // by what this scan read in them
	for a, err := range inv.Assets(ctx, resolve.Query{}) {
		if err != nil {
			return err
		}
		for _, l := range a.Links.Items {
			told[l.To] = told[l.To] || l.Kind == probity.ContainedIn && inventory.Looked(a)
		}
	}
	for a, err := range inv.Assets(ctx, resolve.Query{}) {
		if err != nil {
			return err
		}
		public, err := behind(ctx, inv, a, o)
		if err != nil {
			return err
		}
		unread := !inventory.Looked(a) && holdsData(a.Class) && !told[a.Ref]
		if !unread && public.IsZero() == a.Exposure.Public.IsZero() {
			continue
		}
		if a.Exposure.Public = public; unread {
			if a.Labels, err = earlier(ctx, inv, a, o); err != nil {
				return err
			}
		}
		if err := inv.Update(ctx, a); err != nil {
			return err
		}
	}
	return nil
}

// earlier is what is known of a store by its surest name that is known. Of two stores with one name nobody knows which it is.
func earlier(ctx context.Context, inv *resolve.Slice, a probity.Asset, o Options) (probity.List[probity.Label], error) {
	gap := probity.Gap{Reason: probity.NotCollected, Because: notScanned, Needs: "an inventory in which its content was read"}
	sure, plain := inventory.Names(a)
	for _, name := range append(sure, plain...) {
		known, err := o.Prior.Known(ctx, name)
		if err != nil {
			return a.Labels, err
		}
		known = slices.DeleteFunc(known, func(k probity.Asset) bool { return inventory.Apart(a, k) })
		switch {
		case len(known) == 0, len(known) == 1 && !inventory.Looked(known[0]):
			continue
		case len(known) > 1:
			gap.Because = notScanned + " under a name that is its alone"
			gap.Needs = "an inventory that knows its ARN"
		case old(known[0], o):
			gap.Because, gap.Needs = since(known[0]), "a newer inventory"
		default:
			l := known[0].Labels
			l.Items = itsOwn(ctx, inv, l.Items)
			return l, nil
		}
		break
	}
	return asked(ctx, inv, a, o, gap)
}

// old reports whether somebody looked too long ago.
func old(known probity.Asset, o Options) bool {
	return o.MaxAge > 0 && o.Now.Sub(known.Labels.From().At) > o.MaxAge
}

func since(known probity.Asset) string {
	return notScanned + " since " + known.Labels.From().At.UTC().Format(time.DateOnly)
}

// asked is what was found in the databases that an earlier scan asked at the endpoints of an instance or a cluster: all of them
// together, and there may be more. One that this scan asks as well tells by itself.
func asked(ctx context.Context, inv *resolve.Slice, a probity.Asset, o Options, gap probity.Gap) (probity.List[probity.Label], error) {
	var found []probity.Label
	var from *probity.Origin
	if kinds.Served(a.Kind) || a.Root != "" {
		return probity.Open[probity.Label](gap, nil), nil
	}
	for _, at := range inventory.Endpoints(a) {
		known, err := o.Prior.Known(ctx, at)
		if err != nil {
			return a.Labels, err
		}
		for _, k := range known {
			switch {
			case !inventory.Looked(k) || again(ctx, inv, at, k):
			case old(k, o):
				gap.Because, gap.Needs = since(k), "a newer inventory"
			default:
				gap = probity.Gap{Reason: probity.NotCollected, Because: "of its databases those are known that a scan asked", Needs: "an inventory with all of them"}
				from = k.Labels.From()
				for _, l := range itsOwn(ctx, inv, k.Labels.Items) {
					l.On = strings.Trim(k.Name+"."+l.On, ".")
					found = append(found, l)
				}
			}
		}
	}
	return probity.Open(gap, from, found...), nil
}

// again reports whether this scan asks a known database itself.
func again(ctx context.Context, inv *resolve.Slice, at string, known probity.Asset) bool {
	for b, err := range inv.Assets(ctx, resolve.Query{Alias: strings.TrimPrefix(at, "endpoint ")}) {
		if err == nil && kinds.Served(b.Kind) && inventory.Same(b, known) {
			return true
		}
	}
	return false
}

// itsOwn are labels of a store that it inherited from what is not in this scan: from it they go on to its copies.
func itsOwn(ctx context.Context, inv *resolve.Slice, labels []probity.Label) []probity.Label {
	out := slices.Clone(labels)
	for i, l := range out {
		if l.Inherited == nil {
			continue
		}
		out[i].Inherited = nil
		for _, err := range inv.Assets(ctx, resolve.Query{Ref: *l.Inherited}) {
			if err == nil {
				out[i].Inherited = l.Inherited
			}
		}
	}
	return out
}

// holdsData reports whether assets of a class are stores, and no guards of them.
func holdsData(c probity.Class) bool {
	switch c {
	case probity.Key, probity.Network, probity.Identity, probity.Account, probity.Compute:
		return false
	}
	return true
}
