package estate

import (
	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/iac/resource"
	"github.com/probity-scan/probity/scanners/kinds"
)

const (
	glacierVault = "aws_glacier_vault"
	glacierLock  = "aws_glacier_vault_lock"
)

func glacier() service {
	return service{kinds: map[probity.Kind][]string{kinds.GlacierVault: {glacierVault}}, types: []string{glacierVault, glacierLock}, read: (*estate).archives}
}

func (e *estate) archives() []probity.Asset {
	splits, _ := e.beside(glacierVault, "vault_name", []string{"name"}, glacierLock)
	return e.each(glacierVault, func(r *resource.Resource) probity.Asset {
		a := e.asset(r, kinds.GlacierVault, r.Get("name").String())
		a.Encryption.AtRest = kinds.GlacierAtRest()
		keyless(&a, a.Encryption.AtRest, probity.ProviderOwned)
		a.Exposure.Declared.Policy = optional(r.Get("access_policy"), kinds.NoPolicy("vault"))
		a.Retention.Lock = kinds.GlacierLock()
		switch lock, gap := splits[r.Addr].part(glacierLock); {
		case gap != nil:
			a.Retention.Lock = probity.Missing[probity.Optional[int]](*gap, r.At)
		case lock != nil:
			why := probity.Gap{Reason: probity.Unresolved, Because: "the lock is a policy, which no number sums up"}
			if unread := lock.Get("policy").Gap(); unread != nil && e.place.listed() {
				why = *unread
			}
			a.Retention.Lock = probity.Missing[probity.Optional[int]](why, lock.At)
		}
		return a
	})
}
