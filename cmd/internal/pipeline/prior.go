package pipeline

import (
	"context"
	"slices"
	"time"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/cmd/internal/inventory"
	"github.com/probity-scan/probity/scanners/resolve"
)

const notScanned = "not scanned for personal data"

// remember gives stores whose content this scan does not read the labels that were found in them before. What nobody ever
// scanned, or scanned too long ago, says so.
func remember(ctx context.Context, inv *resolve.Slice, o Options) error {
	for a, err := range inv.Assets(ctx, resolve.Query{}) {
		if err != nil {
			return err
		}
		if _, gap := a.Labels.Value(); gap == nil || len(a.Labels.Items) > 0 || !holdsData(a.Class) {
			continue
		}
		if a.Labels, err = earlier(ctx, a, o); err != nil {
			return err
		}
		if err := inv.Update(ctx, a); err != nil {
			return err
		}
	}
	return nil
}

// earlier is what is known of a store by its surest name that is known. Of two stores with one name nobody knows which it is.
func earlier(ctx context.Context, a probity.Asset, o Options) (probity.List[probity.Label], error) {
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
		case o.MaxAge > 0 && o.Now.Sub(known[0].Labels.From().At) > o.MaxAge:
			gap.Because = notScanned + " since " + known[0].Labels.From().At.UTC().Format(time.DateOnly)
			gap.Needs = "a newer inventory"
		default:
			return known[0].Labels, nil
		}
		break
	}
	return probity.Open[probity.Label](gap, nil), nil
}

// holdsData reports whether assets of a class are stores, and no guards of them.
func holdsData(c probity.Class) bool {
	switch c {
	case probity.Key, probity.Network, probity.Identity, probity.Account, probity.Compute:
		return false
	}
	return true
}
