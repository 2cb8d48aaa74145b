package resolve

import (
	"context"

	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/kinds"
)

// stated reads what the tags of a store say of how long its data may stay.
func stated(_ context.Context, _ Inventory, a *probity.Asset) (bool, error) {
	switch a.Class {
	case probity.Bucket, probity.Database, probity.Table, probity.Warehouse, probity.Filesystem, probity.Queue, probity.Stream, probity.Cache, probity.Search, probity.Log:
	default:
		return false, nil
	}
	if a.Tags.IsZero() || !a.Retention.Stated.IsZero() {
		return false, nil
	}
	if tags, known := a.Tags.Get(); known {
		a.Retention.Stated = kinds.Stated(tags, a.Tags.From())
		return true, nil
	}
	_, gap := a.Tags.Value()
	a.Retention.Stated = probity.Missing[probity.Optional[int]](*gap, a.Tags.From())
	return true, nil
}
