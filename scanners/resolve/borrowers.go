package resolve

import (
	"context"

	probity "github.com/probity-scan/probity"
)

// borrowers gives the step that tells who from outside takes on a role that reads a store. Stores that the same read share one answer.
func borrowers() step {
	same := map[*probity.Grant]probity.List[probity.Borrower]{}
	return func(ctx context.Context, inv Inventory, a *probity.Asset) (bool, error) {
		readers := a.Access.Readers
		if readers.IsZero() || fromCode(a) || a.Scope.Account == "" || !a.Access.Borrowers.IsZero() {
			return false, nil
		}
		_, gap := readers.Value()
		if len(readers.Items) > 0 && gap == nil {
			if known, ok := same[&readers.Items[0]]; ok {
				a.Access.Borrowers = known
				return true, nil
			}
		}
		var items []probity.Borrower
		gaps, from := []*probity.Gap{gap}, []probity.Evidence{bare(evidence(a, "access.readers", readers))}
		for _, r := range readers.Items {
			role, ok, err := find(ctx, inv, probity.Ref{ID: r.Principal})
			if err != nil {
				return false, err
			}
			if !ok || role.Class != probity.Identity || role.Exposure.Outside.IsZero() {
				continue // a user, or somebody from outside already
			}
			_, open := role.Exposure.Outside.Value()
			gaps = append(gaps, open)
			for _, g := range role.Exposure.Outside.Items {
				items = append(items, probity.Borrower{Principal: g.Principal, Role: role.ID})
				from = append(from, probity.Evidence{Asset: role.Ref, Fact: "exposure.outside", Value: g.Principal, Origin: role.Exposure.Outside.From()})
			}
		}
		if g := deciding(gaps); g != nil {
			a.Access.Borrowers = probity.Open(*g, derived(from...), items...)
			return true, nil
		}
		a.Access.Borrowers = probity.Whole(derived(from...), items...)
		if len(readers.Items) > 0 {
			same[&readers.Items[0]] = a.Access.Borrowers
		}
		return true, nil
	}
}
