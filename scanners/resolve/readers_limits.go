package resolve

import (
	"context"
	"slices"

	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/access"
	"github.com/probity-scan/probity/scanners/kinds"
)

// limits is what an organisation lets an account: at each level one of the policies has to allow, and none may deny.
type limits struct {
	levels [][]access.Policy // from the root downwards; none: nothing limits
	all    []access.Policy   // those for resources, which deny whoever asks
	gap    *probity.Gap
}

// limit reads the policies that hold where an account stands. The management account has no limits.
func (ds *directories) limit(ctx context.Context, inv Inventory, d *directory) error {
	account, ok, err := find(ctx, inv, probity.Ref{ID: "aws://" + d.number})
	if err != nil {
		return err
	}
	if !ok || account.Settings["organisation"].IsZero() {
		d.limits.gap = &probity.Gap{Reason: probity.NotCollected, Because: "what an organisation denies was not asked for", Needs: "organizations:DescribeOrganization"}
		return nil
	}
	organisation, g := account.Settings["organisation"].Value()
	if set, _ := optionalOf(organisation); g == nil && !set {
		return nil
	}
	manages, h := account.Settings["manages"].Value()
	if yes, _ := manages.(bool); g == nil && h == nil && yes {
		return nil
	}
	above, i := account.Settings["organisation_path"].Value()
	d.limits.gap = deciding([]*probity.Gap{g, h, i})
	path := textsOf(above)
	levels := make([][]access.Policy, len(path))
	enabled := false
	for p, err := range inv.Assets(ctx, Query{Kind: kinds.OrganisationPolicy}) {
		if err != nil {
			return err
		}
		if fromCode(&p) {
			continue
		}
		typ, _ := p.Settings["type"].Value()
		if typ != "SERVICE_CONTROL_POLICY" && typ != "RESOURCE_CONTROL_POLICY" {
			continue
		}
		targets, g := p.Settings["targets"].Value()
		text, h := p.Settings["limits"].Value()
		var at []int
		for i, unit := range path {
			if slices.Contains(textsOf(targets), unit) {
				at = append(at, i)
			}
		}
		if g == nil && len(at) == 0 {
			continue
		}
		d.limits.gap = deciding([]*probity.Gap{d.limits.gap, g, h})
		s, _ := text.(string)
		doc := reading{}
		if s != "" {
			doc = ds.read(s)
		}
		d.limits.gap = deciding([]*probity.Gap{d.limits.gap, doc.gap})
		if typ == "RESOURCE_CONTROL_POLICY" {
			d.limits.all = append(d.limits.all, doc.policy)
			continue
		}
		enabled = true
		for _, i := range at {
			levels[i] = append(levels[i], doc.policy)
		}
	}
	if enabled { // an organisation that does not use them attaches none, not even the one that allows all
		d.limits.levels = levels
	}
	return nil
}

// let is whether the organisation lets a principal of the account ask, and whether it denies.
func (l limits) let(r *access.Request) (allowed, denied access.Truth) {
	allowed = access.Yes
	for _, level := range l.levels {
		one := access.No
		for _, p := range level {
			d := p.Decide(r)
			one, denied = max(one, d.Named), max(denied, d.Denied)
		}
		allowed = min(allowed, one)
	}
	if l.gap != nil {
		allowed, denied = min(allowed, access.Maybe), max(denied, access.Maybe)
	}
	return allowed, denied
}
