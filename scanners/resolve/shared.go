package resolve

import (
	"context"

	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/access"
)

// shared works out who reaches a store that has no address and no block: snapshots through whom they are shared with,
// keys, tables and the like through their policy.
func shared(_ context.Context, _ Inventory, a *probity.Asset) (bool, error) {
	var g grants
	switch a.Class {
	case probity.Snapshot, probity.Backup, probity.Volume:
		if a.Exposure.Declared.ACL.IsZero() {
			return false, nil
		}
		g = readACL(a)
	case probity.Key, probity.Table, probity.Secret, probity.Queue, probity.Topic, probity.Stream, probity.Filesystem:
		if a.Exposure.Declared.Policy.IsZero() {
			return false, nil
		}
		g = readPolicy(a)
	default:
		return false, nil
	}
	if !a.Exposure.Public.IsZero() && !a.Exposure.Outside.IsZero() {
		return false, nil
	}
	a.Exposure.Public = a.Exposure.Public.Or(g.public.fact())
	list := probity.Whole(derived(g.from...), g.others...)
	if g.gap != nil {
		list = probity.Open(*g.gap, derived(g.from...), g.others...)
	}
	a.Exposure.Outside = a.Exposure.Outside.Or(list)
	return true, nil
}

// transit tells from an object store's policy whether it refuses clear connections.
func transit(_ context.Context, _ Inventory, a *probity.Asset) (bool, error) {
	policy := a.Exposure.Declared.Policy
	if a.Class != probity.Bucket || policy.IsZero() || !a.Encryption.InTransit.IsZero() {
		return false, nil
	}
	e := evidence(a, policyPath, policy)
	e.Value = nil
	text, ok := policy.Get()
	if ok && text.Set {
		doc, err := access.Parse(text.Value)
		if err == nil {
			refuses := doc.RefusesClear()
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
