package resolve

import (
	"context"

	probity "github.com/probity-scan/probity"
)

// keys tells in whose hands the key of a store is, from the key itself, where the scanner saw only its name.
func keys(ctx context.Context, inv Inventory, a *probity.Asset) (bool, error) {
	if settled(a.Encryption.Manager) {
		return false, nil
	}
	to, gap, err := linked(ctx, inv, a, probity.EncryptedBy)
	if err != nil || gap != nil || len(to) != 1 || to[0].Class != probity.Key {
		return false, err
	}
	key := to[0]
	manager, e := probity.CustomerManaged, probity.Evidence{Asset: key.Ref, Fact: "kind", Value: string(key.Kind), Origin: key.Origin}
	if m, ok := key.Encryption.Manager.Get(); ok {
		manager, e = m, evidence(&key, "encryption.key_manager", key.Encryption.Manager)
	} else if !fromCode(&key) {
		return false, nil // accounts also list the provider's own keys
	}
	a.Encryption.Manager = probity.Known(manager, derived(e))
	return true, nil
}
