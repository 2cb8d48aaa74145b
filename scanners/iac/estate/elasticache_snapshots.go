package estate

import (
	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/iac/resource"
	"github.com/probity-scan/probity/scanners/kinds"
)

func (e *estate) cacheSnapshots() []probity.Asset {
	serverless := kinds.NewCacheServerless()
	out := e.each(cacheServerlessSnapshot, func(r *resource.Resource) probity.Asset {
		a := e.asset(r, kinds.CacheSnapshot, r.Get("name").String())
		a.Encryption.AtRest, a.Encryption.Key, a.Encryption.Manager = serverless.Encryption.AtRest, serverless.Encryption.Key, serverless.Encryption.Manager
		e.ownKey(&a, r.Get("kms_key_id"))
		e.link(&a, probity.SnapshotOf, r.Get("source_arn"))
		return a
	})
	return append(out, e.each(cacheSnapshot, e.cacheSnapshot)...)
}

// cacheSnapshot is encrypted as its cache is, unless it names a key itself.
func (e *estate) cacheSnapshot(r *resource.Resource) probity.Asset {
	a := e.asset(r, kinds.CacheSnapshot, r.Get("name").String())
	source := r.Get("source_arn")
	if key := r.Get("kms_key_id"); key.Set() {
		a.Encryption.AtRest = probity.Known(true, key.At)
		e.key(&a, key, probity.ProviderOwned, key.At)
	} else {
		of := source
		if from := e.byAddr[source.String()]; from != nil {
			of.Data = resource.Ref{Addr: from.Addr, Type: from.Type}
		}
		e.inherited(&a, of, cacheGroup, cacheCluster)
	}
	e.link(&a, probity.SnapshotOf, source)
	return a
}
