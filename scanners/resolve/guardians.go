package resolve

import (
	"context"
	"slices"

	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/access"
)

// guardians tells of a store what its key is: whether it stays, whether it may leave the region, and who outside decides over it.
func guardians(ctx context.Context, inv Inventory, a *probity.Asset) (bool, error) {
	e := &a.Encryption
	if a.Class == probity.Key || e.Manager.IsZero() || !e.KeyUsable.IsZero() {
		return false, nil
	}
	manager, _ := e.Manager.Get()
	by := bare(evidence(a, "encryption.key_manager", e.Manager))
	switch {
	case by.Gap != nil:
		unkeyed(a, *by.Gap, derived(by))
	case manager == probity.NoKey:
		unkeyed(a, probity.Gap{Reason: probity.NotApplicable, Because: "no key encrypts it"}, derived(by))
	case manager != probity.CustomerManaged:
		by.Value = manager
		e.KeyUsable, e.KeyElsewhere = probity.Known(true, derived(by)), probity.Known(false, derived(by))
		e.KeyDeciders = probity.Whole[string](derived(by))
	default:
		key, gap, err := keyAsset(ctx, inv, a)
		if err != nil {
			return false, err
		}
		if gap != nil {
			unkeyed(a, *gap, derived(by))
			return true, nil
		}
		e.KeyUsable = and(setting(&key, "enabled"), not(setting(&key, "pending_deletion"))).fact()
		e.KeyElsewhere = setting(&key, "multi_region").fact()
		e.KeyDeciders = deciders(&key)
	}
	return true, nil
}

// unkeyed gives the reason why nothing is known of a store's key.
func unkeyed(a *probity.Asset, g probity.Gap, from *probity.Origin) {
	e := &a.Encryption
	e.KeyUsable, e.KeyElsewhere = e.KeyUsable.Or(probity.Missing[bool](g, from)), e.KeyElsewhere.Or(probity.Missing[bool](g, from))
	e.KeyDeciders = e.KeyDeciders.Or(probity.Open[string](g, from))
}

// keyAsset is the key that a store names.
func keyAsset(ctx context.Context, inv Inventory, a *probity.Asset) (probity.Asset, *probity.Gap, error) {
	for _, l := range a.Links.Items {
		if l.Kind != probity.EncryptedBy {
			continue
		}
		if l.Gap != nil {
			return probity.Asset{}, l.Gap, nil
		}
		key, ok, err := find(ctx, inv, l.To)
		if err != nil || ok && key.Class == probity.Key {
			return key, nil, err
		}
		return probity.Asset{}, &probity.Gap{Reason: probity.NotCollected, Needs: "a scan of " + l.To.ID}, nil
	}
	return probity.Asset{}, &probity.Gap{Reason: probity.NotCollected, Needs: "a scan of its key"}, nil
}

// deciders are those outside the key's account who can make all that it encrypts unreadable.
func deciders(key *probity.Asset) probity.List[string] {
	e := evidence(key, "exposure.outside", key.Exposure.Outside)
	who, acts := []string{}, []probity.Grant{}
	for _, g := range key.Exposure.Outside.Items {
		if !slices.ContainsFunc(g.Actions, decides) {
			continue
		}
		acts = append(acts, g)
		if !slices.Contains(who, g.Principal) {
			who = append(who, g.Principal)
		}
	}
	if e.Value = nil; len(acts) > 0 {
		e.Value = acts
	}
	if e.Gap != nil {
		return probity.Open(*e.Gap, derived(e), who...)
	}
	return probity.Whole(derived(e), who...)
}

func decides(pattern string) bool {
	for _, action := range []string{"kms:ScheduleKeyDeletion", "kms:DisableKey", "kms:PutKeyPolicy"} {
		if access.Means(pattern, action) {
			return true
		}
	}
	return false
}
