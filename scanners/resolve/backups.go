package resolve

import (
	"context"
	"time"

	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/kinds"
)

// lately is how old the newest backup of a store may be that still tells of backups being made.
const lately = 31 * 24 * time.Hour

// backups gives a store, whatever unit listed it, the backups of it that lie in vaults: kept as long as the newest is.
func backups(ctx context.Context, inv Inventory) error {
	for point, err := range inv.Assets(ctx, Query{Kind: kinds.RecoveryPoint}) {
		if err != nil {
			return err
		}
		days, ok := keeps(&point)
		if !ok {
			continue
		}
		of, _, err := linked(ctx, inv, &point, probity.SnapshotOf)
		if err != nil {
			return err
		}
		for _, store := range of {
			if n, known := store.Resilience.BackupDays.Get(); known && n >= days {
				continue
			}
			store.Resilience.BackupDays = probity.Known(days, derived(probity.Evidence{Asset: point.Ref, Fact: "retention.rules", Value: days, Origin: point.Retention.Rules.From()}))
			if err := inv.Update(ctx, store); err != nil {
				return err
			}
		}
	}
	return nil
}

// keeps is for how many days a recent recovery point is kept.
func keeps(point *probity.Asset) (int, bool) {
	made, known := point.Lifecycle.Created.Get()
	if at := point.Origin; !known || at == nil || at.At.Sub(made) > lately {
		return 0, false
	}
	rules := point.Retention.Rules
	if _, gap := rules.Value(); gap != nil {
		return 0, false
	}
	if len(rules.Items) == 0 {
		return kinds.ForEver(), true
	}
	return rules.Items[0].Days, true
}
