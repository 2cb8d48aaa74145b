package resolve

import (
	"context"

	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/access"
)

// shared works out who reaches a store through its policy and through whom it is shared with, where no block of the account
// stands before them. Who reaches it from a network is for others to say; so it is of a network that tells of no address.
func shared(_ context.Context, _ Inventory, a *probity.Asset) (bool, error) {
	d := &a.Exposure.Declared
	if a.Class == probity.Bucket || a.Class == probity.Network && d.Addressed.IsZero() || d.Policy.IsZero() && d.ACL.IsZero() || !a.Exposure.Public.IsZero() && !a.Exposure.Outside.IsZero() {
		return false, nil
	}
	var all []grants
	if !d.Policy.IsZero() {
		all = append(all, readPolicy(a))
	}
	if !d.ACL.IsZero() {
		all = append(all, readACL(a))
	}
	var public []truth
	var others []probity.Grant
	var gaps []*probity.Gap
	var from []probity.Evidence
	for _, g := range all {
		public, others = append(public, g.public), append(others, g.others...)
		gaps, from = append(gaps, g.gap), append(from, g.from...)
	}
	open := or(public...)
	if !d.Addressed.IsZero() { // a policy opens nothing that no address leads to
		open = and(on(a, "exposure.declared.addressed", d.Addressed, func(v bool) bool { return v }), open)
	}
	a.Exposure.Public = a.Exposure.Public.Or(open.fact())
	list := probity.Whole(derived(from...), others...)
	if gap := deciding(gaps); gap != nil {
		list = probity.Open(*gap, derived(from...), others...)
	}
	a.Exposure.Outside = a.Exposure.Outside.Or(list)
	return true, nil
}

// transit tells from a store's policy whether it refuses clear connections.
func transit(_ context.Context, _ Inventory, a *probity.Asset) (bool, error) {
	policy := a.Exposure.Declared.Policy
	if a.Class != probity.Bucket && a.Class != probity.Filesystem || policy.IsZero() || !a.Encryption.InTransit.IsZero() {
		return false, nil
	}
	e := evidence(a, policyPath, policy)
	e.Value = nil
	text, ok := policy.Get()
	if ok && text.Set {
		doc, err := access.Parse(text.Value)
		if err == nil {
			refuses, gap := doc.RefusesClear(a.Class == probity.Bucket)
			if gap != nil {
				e.Gap = gap
				a.Encryption.InTransit = unknown(gap, e).fact()
				return true, nil
			}
			if e.Value = "lets clear connections in"; refuses {
				e.Value = "refuses clear connections"
			}
			a.Encryption.InTransit = known(refuses, e).fact()
			return true, nil
		}
		e.Gap = &probity.Gap{Reason: probity.Unreadable, Because: err.Error()}
	}
	if e.Gap != nil {
		a.Encryption.InTransit = unknown(e.Gap, e).fact()
		return true, nil
	}
	e.Value = "no policy"
	a.Encryption.InTransit = known(false, e).fact()
	return true, nil
}
