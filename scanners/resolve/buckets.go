package resolve

import (
	"context"

	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/access"
)

// buckets works out who reaches an object store: its policy and its grants, less what public access blocks of the store
// or of its account take away.
func buckets(ctx context.Context, inv Inventory, a *probity.Asset) (bool, error) {
	d := a.Exposure.Declared
	if a.Class != probity.Bucket || d.Policy.IsZero() && d.ACL.IsZero() && d.Blocks.IsZero() {
		return false, nil
	}
	account, err := accountBlocks(ctx, inv, a)
	if err != nil {
		return false, err
	}
	own := func(is func(probity.Blocks) bool) truth { return on(a, "exposure.declared.blocks", d.Blocks, is) }
	restrict := or(own(restricts), account(restricts))
	ignore := or(own(ignores), account(ignores))
	policy, acl := readPolicy(a), readACL(a)

	changed := false
	if a.Exposure.Public.IsZero() {
		a.Exposure.Public = or(and(policy.public, not(restrict)), and(acl.public, not(ignore))).fact()
		changed = true
	}
	if a.Exposure.Outside.IsZero() {
		a.Exposure.Outside = outside(policy, acl, restrict, ignore)
		changed = true
	}
	return changed, nil
}

func restricts(b probity.Blocks) bool { return b.RestrictPublic }
func ignores(b probity.Blocks) bool   { return b.IgnoreACLs }

// outside gives the grants to others that hold. Restricting public access also cuts off named others, but only where
// the policy is public; ignoring ACLs takes away only their public grants.
func outside(policy, acl grants, restrict, ignore truth) probity.List[probity.Grant] {
	var items []probity.Grant
	var gaps []*probity.Gap
	var from []probity.Evidence
	cut := and(policy.public, restrict)
	if cut.is(true) {
		from = append(from, cut.from...)
	} else {
		from = append(from, policy.from...)
		gaps = append(gaps, policy.gap)
		if cut.gap == nil {
			items = append(items, policy.others...)
		} else if len(policy.others) > 0 || policy.gap != nil {
			gaps = append(gaps, cut.gap)
			from = append(from, cut.from...)
		}
	}
	from = append(from, acl.from...)
	gaps = append(gaps, acl.gap)
	for _, g := range acl.others {
		switch {
		case !access.Anyone(g.Principal) || ignore.is(false):
			items = append(items, g)
		case ignore.gap != nil:
			gaps = append(gaps, ignore.gap)
			from = append(from, ignore.from...)
		}
	}
	if g := deciding(gaps); g != nil {
		return probity.Open(*g, derived(from...), items...)
	}
	return probity.Whole(derived(from...), items...)
}
