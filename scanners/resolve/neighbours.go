package resolve

import (
	"context"
	"slices"
	"strings"

	probity "github.com/probity-scan/probity"
)

// neighbours finds the assets of a kind that may speak for a store: those of its account, those that an organisation lets see it,
// and where one of both tells no account those of its root. They are sorted once: organisations have thousands of them.
type neighbours struct {
	kind  probity.Kind
	whole bool                            // without those of one region of an account
	at    map[neighbourhood][]probity.Ref // nil: not yet sorted
}

// neighbourhood is an account, or a root: all of it, or what tells no account there.
type neighbourhood struct {
	account, root string
	unnumbered    bool
}

// of gives them sorted by Ref; there may be some that say nothing of the store.
func (n *neighbours) of(ctx context.Context, inv Inventory, a *probity.Asset) ([]probity.Asset, error) {
	if n.at == nil {
		if err := n.sort(ctx, inv); err != nil {
			return nil, err
		}
	}
	refs := n.at[neighbourhood{root: a.Root}]
	if a.Scope.Account != "" {
		refs = slices.Concat(n.at[neighbourhood{account: a.Scope.Account}], n.at[neighbourhood{root: a.Root, unnumbered: true}])
		slices.SortFunc(refs, probity.Ref.Compare)
		refs = slices.Compact(refs)
	}
	out := make([]probity.Asset, 0, len(refs))
	for _, r := range refs {
		b, ok, err := find(ctx, inv, r)
		if err != nil {
			return nil, err
		}
		if ok {
			out = append(out, b)
		}
	}
	return out, nil
}

func (n *neighbours) sort(ctx context.Context, inv Inventory) error {
	n.at = map[neighbourhood][]probity.Ref{}
	for b, err := range inv.Assets(ctx, Query{Kind: n.kind}) {
		if err != nil {
			n.at = nil
			return err
		}
		if n.whole && b.Scope.Region != "" {
			continue
		}
		in := []neighbourhood{{root: b.Root}, {account: b.Scope.Account}}
		if b.Scope.Account == "" {
			in[1] = neighbourhood{root: b.Root, unnumbered: true}
		}
		for _, l := range b.Links.Items {
			if number, ok := strings.CutPrefix(l.To.ID, "aws://"); ok && l.Kind == probity.ReadsFrom {
				in = append(in, neighbourhood{account: number})
			}
		}
		for _, where := range in {
			n.at[where] = append(n.at[where], b.Ref)
		}
	}
	return nil
}
