package estate

import (
	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/iac/resource"
	"github.com/probity-scan/probity/scanners/kinds"
)

const (
	memoryCluster  = "aws_memorydb_cluster"
	memorySnapshot = "aws_memorydb_snapshot"
)

func memoryDB() service {
	return service{kinds: map[probity.Kind][]string{kinds.MemoryDBCluster: {memoryCluster}, kinds.MemoryDBSnapshot: {memorySnapshot}},
		types: []string{memoryCluster, memorySnapshot}, read: (*estate).memories}
}

func (e *estate) memories() []probity.Asset {
	fresh := kinds.NewMemoryDB()
	out := e.each(memoryCluster, func(r *resource.Resource) probity.Asset { return e.memoryCluster(r, fresh) })
	return append(out, e.each(memorySnapshot, func(r *resource.Resource) probity.Asset {
		a := e.asset(r, kinds.MemoryDBSnapshot, r.Get("name").String())
		source := r.Get("cluster_name")
		e.inherited(&a, source, memoryCluster)
		a.Encryption.AtRest = fresh.Encryption.AtRest
		e.ownKey(&a, r.Get("kms_key_arn"))
		e.link(&a, probity.SnapshotOf, source)
		return a
	})...)
}

func (e *estate) memoryCluster(r *resource.Resource, fresh kinds.Fresh[kinds.Cache]) probity.Asset {
	a := e.fresh(r, kinds.MemoryDBCluster, r.Get("name").String(), &fresh.Asset)
	from := restored(r, "multi_region_cluster_name")
	a.Lifecycle.Version = versioned(r.Get("engine").Text(probity.Known("redis", r.At)), r.Get("engine_version"))
	e.ownKey(&a, r.Get("kms_key_arn"))
	a.Encryption.InTransit = r.Get("tls_enabled").Bool(unless(from, a.Encryption.InTransit))
	a.Exposure.Declared.Guards = e.guards(r.Get("security_group_ids"), r.At)
	a.Resilience.BackupDays = r.Get("snapshot_retention_limit").Int(a.Resilience.BackupDays)
	own := fresh.Own
	own.Auth = resource.Map(r.Get("acl_name").Text(probity.Fact[string]{}), func(acl string) bool { return acl != "open-access" })
	if ref, ok := r.Get("acl_name").Data.(resource.Ref); ok && !isData(ref) { // an access list of this root is not the open one
		own.Auth = probity.Known(true, r.Get("acl_name").At)
	}
	own.MinorUpgrades = r.Get("auto_minor_version_upgrade").Bool(own.MinorUpgrades)
	own.Port = r.Get("port").Int(own.Port)
	a.Settings = probity.SettingsOf(own)
	e.link(&a, probity.CopyOf, r.Get("snapshot_name"))
	return a
}
