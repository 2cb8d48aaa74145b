package estate

import (
	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/iac/resource"
	"github.com/probity-scan/probity/scanners/kinds"
)

const (
	memoryCluster  = "aws_memorydb_cluster"
	memorySnapshot = "aws_memorydb_snapshot"
	memoryACL      = "aws_memorydb_acl"
)

func memoryDB() service {
	return service{kinds: map[probity.Kind][]string{kinds.MemoryDBCluster: {memoryCluster}, kinds.MemoryDBSnapshot: {memorySnapshot}},
		types: []string{memoryCluster, memorySnapshot, memoryACL}, read: (*estate).memories}
}

func (e *estate) memories() []probity.Asset {
	fresh := kinds.NewMemoryDB()
	out := e.each(memoryCluster, func(r *resource.Resource) probity.Asset { return e.memoryCluster(r, fresh) })
	return append(out, e.each(memorySnapshot, func(r *resource.Resource) probity.Asset {
		a := e.asset(r, kinds.MemoryDBSnapshot, r.Get("name").String())
		source := r.Get("cluster_name")
		if e.place.listed() { // a snapshot that names no key has the service's
			a.Encryption.Key, a.Encryption.Manager = fresh.Encryption.Key, fresh.Encryption.Manager
		} else {
			e.inherited(&a, source, memoryCluster)
		}
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
	own.Unauthenticated = opposite(e.memoryAuth(r.Get("acl_name")))
	a.Resilience.MultiZone = resource.Map(r.Get("availability_mode").Text(probity.Fact[string]{}), func(s string) bool { return s == "MultiAZ" })
	own.MinorUpgrades = r.Get("auto_minor_version_upgrade").Bool(own.MinorUpgrades)
	own.Port = r.Get("port").Int(own.Port)
	a.Settings = probity.SettingsOf(own)
	e.link(&a, probity.CopyOf, r.Get("snapshot_name"))
	return a
}

// memoryAuth: the list called open-access lets in everyone, and so does each that has the user called default.
func (e *estate) memoryAuth(acl resource.Value) probity.Fact[bool] {
	name, known := acl.Text(probity.Fact[string]{}).Get()
	if known && name == "open-access" {
		return probity.Known(false, acl.At)
	}
	ref, isRef := acl.Data.(resource.Ref)
	r := e.named(acl, memoryACL)
	switch l := e.unlisted(memoryACL); {
	case r != nil && r.Maybe == nil:
		users, rest := r.Get("user_names").Each()
		for _, u := range users {
			if u.String() == "default" {
				return probity.Known(false, r.At)
			}
			rest = first(rest, u.Gap())
		}
		if rest != nil && e.place.listed() {
			return probity.Missing[bool](*rest, r.At)
		}
		return probity.Known(true, acl.At)
	case l != nil:
		return probity.Missing[bool](l.Gap, l.Origin)
	case known, isRef && !isData(ref): // an access list of this root is not the open one
		return probity.Known(true, acl.At)
	}
	return resource.Map(acl.Text(probity.Fact[string]{}), func(string) bool { return true })
}
