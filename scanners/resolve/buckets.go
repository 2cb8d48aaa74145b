package resolve

import (
	"context"

	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/access"
)

// buckets gives the step that works out who reaches an object store: its policy and its grants, less what public access blocks of
// the store or of its account take away.
func buckets() step {
	accounts := &neighbours{kind: accountKind, whole: true} // what a region sets holds for it alone
	return func(ctx context.Context, inv Inventory, a *probity.Asset) (bool, error) {
		return bucket(ctx, inv, accounts, a)
	}
}

func bucket(ctx context.Context, inv Inventory, accounts *neighbours, a *probity.Asset) (bool, error) {
	d := a.Exposure.Declared
	if a.Class != probity.Bucket || d.Policy.IsZero() && d.ACL.IsZero() && d.Blocks.IsZero() {
		return false, nil
	}
	account, err := accountBlocks(ctx, inv, accounts, a)
	if err != nil {
		return false, err
	}
	policy, acl := readPolicy(a), readACL(a)
	changed := contradicted(a, or(policy.public, acl.public))
	own := func(is func(probity.Blocks) bool) truth {
		return on(a, "exposure.declared.blocks", a.Exposure.Declared.Blocks, is)
	}
	under, err := underlying(ctx, inv, a)
	if err != nil {
		return false, err
	}
	restrict := or(own(restricts), account(restricts), under)
	ignore := or(own(ignores), account(ignores))
	if fromCode(a) {
		restrict = or(restrict, refused(or(own(refusesPolicies), account(refusesPolicies))))
		ignore = or(ignore, refused(or(own(refusesACLs), account(refusesACLs))))
	}

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
// the block is on, so that code which declares one can only be applied to a bucket without it. An access point
// has the block from its birth, and a directory bucket always.
func contradicted(a *probity.Asset, opens truth) bool {
	d := &a.Exposure.Declared
	if from := d.Blocks.From(); a.Kind != bucketKind || from == nil || from.Default == "" || opens.is(false) {
		return false
	}
	if opens.gap != nil {
		d.Blocks = probity.Missing[probity.Blocks](*opens.gap, derived(opens.from...))
	} else {
		d.Blocks = probity.Known(probity.Blocks{}, derived(opens.from...))
	}
	return true
}

const bucketKind probity.Kind = "aws.s3.bucket"

func restricts(b probity.Blocks) bool       { return b.RestrictPublic }
func ignores(b probity.Blocks) bool         { return b.IgnoreACLs }
func refusesPolicies(b probity.Blocks) bool { return b.NewPolicies }
func refusesACLs(b probity.Blocks) bool     { return b.NewACLs }

// refused: where the block refuses what is new, code tells that something public is wanted and not whether it was there
// before the block (S3 User Guide, "Blocking public access", BlockPublicPolicy and BlockPublicAcls).
func refused(block truth) truth {
	if block.is(false) {
		return block
	}
	if block.gap == nil {
		block.gap = &probity.Gap{Reason: probity.Unresolved, Because: "the block refuses what is public and new, and leaves what was there before it"}
	}
	return unknown(block.gap, block.from...)
}

// underlying tells whether the bucket below an access point lets nobody through: its own block holds for its access points,
// and its policy has to let in whom theirs does (S3 User Guide, "Configuring IAM policies for using access points").
func underlying(ctx context.Context, inv Inventory, a *probity.Asset) (truth, error) {
	to, _, err := linked(ctx, inv, a, probity.ContainedIn)
	if err != nil || len(to) != 1 || to[0].Kind != bucketKind || a.Kind == bucketKind {
		return known(false), err
	}
	b := to[0]
	policy := readPolicy(&b)
	contradicted(&b, or(policy.public, readACL(&b).public))
	silent := known(false)
	if text, ok := b.Exposure.Declared.Policy.Get(); ok {
		silent = known(!text.Set, policy.from...)
	} else if !b.Exposure.Declared.Policy.IsZero() {
		silent = unknown(policy.gap, policy.from...)
	}
	return or(silent, on(&b, "exposure.declared.blocks", b.Exposure.Declared.Blocks, restricts)), nil
}

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
