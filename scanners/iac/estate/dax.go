package estate

import (
	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/iac/resource"
	"github.com/probity-scan/probity/scanners/kinds"
)

const daxCluster = "aws_dax_cluster"

func dax() service {
	return service{kinds: map[probity.Kind][]string{kinds.DAXCluster: {daxCluster}}, types: []string{daxCluster}, read: (*estate).accelerators}
}

func (e *estate) accelerators() []probity.Asset {
	fresh := kinds.NewDAX()
	return e.each(daxCluster, func(r *resource.Resource) probity.Asset {
		a := e.fresh(r, kinds.DAXCluster, r.Get("cluster_name").String(), &fresh.Asset)
		a.Encryption.AtRest = r.Get("server_side_encryption", "enabled").Bool(a.Encryption.AtRest)
		e.storageKey(&a, resource.Value{}, nil, probity.ProviderManaged)
		kind := r.Get("cluster_endpoint_encryption_type")
		own := fresh.Own
		if kind.Set() {
			a.Encryption.InTransit = resource.Map(kind.Text(probity.Fact[string]{}), func(s string) bool { return s == "TLS" })
			own.Port = resource.Map(a.Encryption.InTransit, func(tls bool) int {
				if tls {
					return kinds.DAXSecurePort()
				}
				n, _ := fresh.Own.Port.Get()
				return n
			})
		}
		own.Port = r.Get("port").Int(own.Port)
		a.Exposure.Declared.Guards = e.guards(r.Get("security_group_ids"), r.At)
		a.Settings = probity.SettingsOf(own)
		return a
	})
}
