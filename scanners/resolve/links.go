package resolve

import (
	"context"

	probity "github.com/probity-scan/probity"
)

// links resolves the names in links and guards to the Ref of the asset that bears them. What no asset of this scan
// bears stays as it is; what several bear becomes a gap.
func links(ctx context.Context, inv Inventory, a *probity.Asset) (bool, error) {
	changed := false
	out := make([]probity.Link, len(a.Links.Items))
	for i, l := range a.Links.Items {
		to, g, err := bearer(ctx, inv, a.Root, l.To)
		if err != nil {
			return false, err
		}
		changed = changed || to != l.To || g != nil && l.Gap == nil
		if l.To = to; l.Gap == nil {
			l.Gap = g
		}
		out[i] = l
	}
	if changed {
		a.Links.Items = out
	}
	guards := make([]probity.Ref, len(a.Exposure.Declared.Guards.Items))
	moved := false
	for i, r := range a.Exposure.Declared.Guards.Items {
		to, _, err := bearer(ctx, inv, a.Root, r)
		if err != nil {
			return false, err
		}
		moved = moved || to != r
		guards[i] = to
	}
	if moved {
		a.Exposure.Declared.Guards.Items = guards
	}
	return changed || moved, nil
}

// bearer gives the Ref of the only asset that bears the name: by its Ref, else by alias in the same root, else by alias
// anywhere. With none or several it gives the name back.
func bearer(ctx context.Context, inv Inventory, root string, name probity.Ref) (probity.Ref, *probity.Gap, error) {
	if name.ID == "" {
		return name, nil, nil
	}
	if _, ok, err := find(ctx, inv, name); ok || err != nil {
		return name, nil, err
	}
	var near, far []probity.Ref
	for a, err := range inv.Assets(ctx, Query{Alias: name.ID}) {
		switch {
		case err != nil:
			return name, nil, err
		case a.Root == root || a.Root == name.Root:
			near = append(near, a.Ref)
		default:
			far = append(far, a.Ref)
		}
	}
	for _, refs := range [][]probity.Ref{near, far} {
		switch len(refs) {
		case 0:
			continue
		case 1:
			return refs[0], nil, nil
		}
		return name, &probity.Gap{Reason: probity.Unresolved, Because: "several assets bear this name"}, nil
	}
	return name, nil, nil
}

// linked gives the assets that links of a kind lead to, where this scan has them, and the gap of a link that may exist.
func linked(ctx context.Context, inv Inventory, a *probity.Asset, kind probity.LinkKind) (to []probity.Asset, gap *probity.Gap, err error) {
	for _, l := range a.Links.Items {
		if l.Kind != kind {
			continue
		}
		if l.Gap != nil {
			gap = deciding([]*probity.Gap{gap, l.Gap})
			continue
		}
		b, ok, err := find(ctx, inv, l.To)
		if err != nil {
			return nil, nil, err
		}
		if ok {
			to = append(to, b)
		}
	}
	return to, gap, nil
}
