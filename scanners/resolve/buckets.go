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
	policy, acl := readPolicy(a), readACL(a)
	changed := contradicted(a, or(policy.public, acl.public))
	own := func(is func(probity.Blocks) bool) truth {
		return on(a, "exposure.declared.blocks", a.Exposure.Declared.Blocks, is)
	}
	restrict := or(own(restricts), account(restricts))
	ignore := or(own(ignores), account(ignores))

	if a.Exposure.Public.IsZero() {
		open := or(and(policy.public, not(restrict)), and(acl.public, not(ignore)))
		if !d.Addressed.IsZero() { // a way in that lies in a network
			open = and(on(a, "exposure.declared.addressed", d.Addressed, func(v bool) bool { return v }), open)
		}
		a.Exposure.Public = open.fact()
		changed = true
	}
	if a.Exposure.Outside.IsZero() {
		a.Exposure.Outside = outside(policy, acl, restrict, ignore)
		changed = true
	}
	return changed, nil
}

// contradicted takes the default away from a bucket that opens itself to everyone: S3 refuses a public policy or grant where
// the block is on, so that code which declares one can only be applied to a bucket without it.
func contradicted(a *probity.Asset, opens truth) bool {
	d := &a.Exposure.Declared
	if from := d.Blocks.From(); from == nil || from.Default == "" || opens.is(false) {
		return false
	}
	if opens.gap != nil {
		d.Blocks = probity.Missing[probity.Blocks](*opens.gap, derived(opens.from...))
	} else {
		d.Blocks = probity.Known(probity.Blocks{}, derived(opens.from...))
	}
	return true
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
