// Package resolve completes, after all units have run, the facts that need more than one of them: fragments of one asset,
// exposure, links, labels that follow copies. It asks nothing of the outside.
package resolve

import (
	"context"
	"fmt"
	"iter"

	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/kinds"
)

// Inventory is what resolve needs of a run's store: [Slice], or a database. Assets may be updated while they are walked.
type Inventory interface {
	// Assets gives those that match, sorted by Ref.
	Assets(context.Context, Query) iter.Seq2[probity.Asset, error]
	// Coverage gives what answered the listings on an asset.
	Coverage(context.Context, probity.Ref) iter.Seq2[probity.Coverage, error]
	Update(context.Context, probity.Asset) error
}

// Query selects assets; the zero Query selects all, and every field set must match.
type Query struct {
	Ref   probity.Ref
	Alias string // any other name it bears
	Kind  probity.Kind
}

// step completes one fact group of an asset and reports whether it changed something.
type step func(context.Context, Inventory, *probity.Asset) (bool, error)

// Run completes the facts of all assets. Run again over what it left, it changes nothing.
func Run(ctx context.Context, inv Inventory) error {
	// Links come first: the other steps follow them.
	if err := each(ctx, inv, []step{links}); err != nil {
		return err
	}
	if err := each(ctx, inv, []step{served}); err != nil {
		return err
	}
	if err := backups(ctx, inv); err != nil {
		return fmt.Errorf("joining backups: %w", err)
	}
	for _, s := range [][]step{{buckets(), demands, guarded, shared, transit, keys, audit(), watchers(), country(kinds.Regions()), stated}, {readers(), lineage, guardians, sinks}, {borrowers()}} {
		if err := each(ctx, inv, s); err != nil {
			return err
		}
	}
	if err := labels(ctx, inv); err != nil {
		return err
	}
	return each(ctx, inv, []step{inapplicable})
}

// inapplicable comes last: it speaks only where nobody did.
func inapplicable(_ context.Context, _ Inventory, a *probity.Asset) (bool, error) {
	had := kinds.Inapplicable(a)
	if _, g := a.Encryption.Manager.Value(); g != nil && g.Reason == probity.NotApplicable && a.Encryption.KeyUsable.IsZero() {
		unkeyed(a, *g, a.Encryption.Manager.From())
		return true, nil
	}
	return had, nil
}

func each(ctx context.Context, inv Inventory, steps []step) error {
	var a probity.Asset // one for all, or each would be made anew for its address
	for found, err := range inv.Assets(ctx, Query{}) {
		if err != nil {
			return fmt.Errorf("walking the inventory: %w", err)
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		a = found
		changed := false
		for _, s := range steps {
			c, err := s(ctx, inv, &a)
			if err != nil {
				return err
			}
			changed = changed || c
		}
		if !changed {
			continue
		}
		if err := inv.Update(ctx, a); err != nil {
			return fmt.Errorf("updating asset %s: %w", a.ID, err)
		}
	}
	return nil
}

// find gives the asset under a Ref.
func find(ctx context.Context, inv Inventory, r probity.Ref) (probity.Asset, bool, error) {
	for a, err := range inv.Assets(ctx, Query{Ref: r}) {
		return a, err == nil, err
	}
	return probity.Asset{}, false, nil
}
