package pipeline

import (
	"context"
	"fmt"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/resolve"
)

// Earlier is what a saved scan knew: it implements probity.Prior.
type Earlier struct{ byAlias map[string][]probity.Asset }

// NewEarlier keeps the assets of a scan that bear labels.
func NewEarlier(scan probity.Scan) (Earlier, error) {
	e := Earlier{byAlias: map[string][]probity.Asset{}}
	for a, err := range scan.Assets {
		if err != nil {
			return Earlier{}, fmt.Errorf("reading the earlier scan: %w", err)
		}
		if len(a.Labels.Items) == 0 {
			continue
		}
		for _, alias := range append([]string{a.ID}, a.Aliases...) {
			e.byAlias[alias] = append(e.byAlias[alias], a)
		}
	}
	return e, nil
}

// Known implements probity.Prior.
func (e Earlier) Known(_ context.Context, alias string) ([]probity.Asset, error) {
	return e.byAlias[alias], nil
}

// remember gives stores whose content this scan does not read the labels that were found in them before. They stay open:
// what came in since is not known.
func remember(ctx context.Context, inv *resolve.Slice, prior probity.Prior) error {
	for a, err := range inv.Assets(ctx, resolve.Query{}) {
		if err != nil {
			return err
		}
		if _, gap := a.Labels.Value(); gap == nil || len(a.Labels.Items) > 0 {
			continue
		}
		for _, alias := range append([]string{a.ID}, a.Aliases...) {
			known, err := prior.Known(ctx, alias)
			if err != nil {
				return err
			}
			if len(known) != 1 { // nobody, or who knows which
				continue
			}
			a.Labels = a.Labels.With(known[0].Labels.Items...)
			if err := inv.Update(ctx, a); err != nil {
				return err
			}
			break
		}
	}
	return nil
}
