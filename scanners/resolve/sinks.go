package resolve

import (
	"context"

	probity "github.com/probity-scan/probity"
)

// sinks tells what guards the places that a store or a trail logs to.
func sinks(ctx context.Context, inv Inventory, a *probity.Asset) (bool, error) {
	if a.Audit.Sink != (probity.Sink{}) {
		return false, nil
	}
	var public, logged, locked, keyed, expires []truth
	found := false
	for _, l := range a.Links.Items {
		if l.Kind != probity.LogsTo {
			continue
		}
		found = true
		b, ok, err := find(ctx, inv, l.To)
		if err != nil {
			return false, err
		}
		gap := l.Gap
		if gap == nil && !ok {
			gap = &probity.Gap{Reason: probity.NotCollected, Needs: "a scan of " + l.To.ID}
		}
		if gap != nil {
			t := unknown(gap, probity.Evidence{Asset: a.Ref, Fact: "links", Gap: gap, Origin: a.Links.From()})
			public, keyed, expires = append(public, t), append(keyed, t), append(expires, t)
			logged, locked = append(logged, t), append(locked, t)
			continue
		}
		public = append(public, on(&b, "exposure.public", b.Exposure.Public, is))
		keyed = append(keyed, on(&b, "encryption.key_manager", b.Encryption.Manager, func(m probity.KeyManager) bool { return m == probity.CustomerManaged }))
		expires = append(expires, endsSometime(&b))
		if b.Class == probity.Bucket {
			logged = append(logged, or(on(&b, "audit.access", b.Audit.Access, is), on(&b, "audit.data_events", b.Audit.DataEvents, is)))
			locked = append(locked, or(on(&b, "retention.lock_days", b.Retention.Lock, func(d probity.Optional[int]) bool { return d.Set }), setting(&b, "mfa_delete")))
		}
	}
	if !found {
		return false, nil
	}
	s := &a.Audit.Sink
	s.Public, s.OwnKey, s.Expires = or(public...).fact(), and(keyed...).fact(), and(expires...).fact()
	s.AccessLogged, s.Locked = ofBuckets(logged), ofBuckets(locked)
	return true, nil
}

func is(v bool) bool { return v }

// endsSometime is whether what is kept is deleted at some age.
func endsSometime(b *probity.Asset) truth {
	e := evidence(b, "retention.rules", b.Retention.Rules)
	for _, r := range b.Retention.Rules.Items {
		if !r.Noncurrent {
			e.Gap, e.Value = nil, r.Days
			return known(true, e)
		}
	}
	if e.Gap != nil {
		return unknown(e.Gap, e)
	}
	return known(false, e)
}

func ofBuckets(ts []truth) probity.Fact[bool] {
	if len(ts) == 0 {
		return probity.Missing[bool](probity.Gap{Reason: probity.NotApplicable, Because: "it logs to no bucket"}, nil)
	}
	return and(ts...).fact()
}
