package estate

import (
	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/iac/resource"
	"github.com/probity-scan/probity/scanners/kinds"
)

const dsqlCluster = "aws_dsql_cluster"

func dsql() service {
	return service{kinds: map[probity.Kind][]string{kinds.DSQLCluster: {dsqlCluster}}, types: []string{dsqlCluster}, read: (*estate).dsqlClusters}
}

func (e *estate) dsqlClusters() []probity.Asset {
	fresh := kinds.NewDSQL()
	return e.each(dsqlCluster, func(r *resource.Resource) probity.Asset {
		a := e.fresh(r, kinds.DSQLCluster, r.Get("tags", "Name").String(), &fresh.Asset)
		e.ownKey(&a, r.Get("kms_encryption_key"))
		a.Resilience.DeletionProtection = r.Get("deletion_protection_enabled").Bool(a.Resilience.DeletionProtection)
		others, rest := r.Get("replicas").Each() // in other regions, of a listed cluster
		for _, v := range others {
			e.link(&a, probity.ReplicaOf, v)
		}
		if rest != nil && e.place.listed() {
			a.Links = a.Links.With(probity.Link{Kind: probity.ReplicaOf, Gap: rest})
		}
		return a
	})
}
