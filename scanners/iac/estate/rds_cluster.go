package estate

import (
	"strings"

	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/iac/resource"
	"github.com/probity-scan/probity/scanners/kinds"
)

func (e *estate) rdsCluster(r *resource.Resource, members *membership) probity.Asset {
	a := e.asset(r, kinds.RDSCluster, r.Get("cluster_identifier").String())
	from := restored(r, "snapshot_identifier", "replication_source_identifier", "restore_to_point_in_time", "s3_import", "global_cluster_identifier")
	a.Resilience.BackupDays = r.Get("backup_retention_period").Int(
		unless(restored(r, "snapshot_identifier", "restore_to_point_in_time"), kinds.RDSClusterBackupDays()))
	e.rdsCommon(r, &a, from, rdsClusterParams, "db_cluster_parameter_group_name")
	e.clusterEncryption(r, &a, from)
	a.Resilience.PointInTime = resource.Map(a.Resilience.BackupDays, func(n int) bool { return n > 0 })
	a.Resilience.MultiZone = members.zones(r)
	a.Exposure.Declared.Addressed = members.addressed(r, kinds.RDSPublic())
	e.inland(&a, e.subnetsOf(r.Get("db_subnet_group_name"), rdsSubnets))
	e.link(&a, probity.ReplicaOf, r.Get("replication_source_identifier"))
	e.link(&a, probity.CopyOf, r.Get("restore_to_point_in_time", "source_cluster_identifier"))
	e.link(&a, probity.CopyOf, r.Get("snapshot_identifier"))
	return a
}

// clusterEncryption: Aurora encrypts what is new, other engines only where told.
func (e *estate) clusterEncryption(r *resource.Resource, a *probity.Asset, from *resource.Value) {
	engine, on := r.Get("engine"), r.Get("storage_encrypted")
	aurora := strings.HasPrefix(engine.String(), "aurora")
	switch {
	case aurora && from == nil && !on.Set():
		fresh := kinds.AuroraEncryption()
		a.Encryption.AtRest, a.Encryption.Key, a.Encryption.Manager = fresh.AtRest, fresh.Key, fresh.Manager
		e.ownKey(a, r.Get("kms_key_id"))
		return
	case engine.Gap() != nil:
		a.Encryption.AtRest = on.Bool(probity.Missing[bool](*engine.Gap(), engine.At))
	default:
		a.Encryption.AtRest = on.Bool(unless(from, kinds.RDSAtRest()))
	}
	e.rdsKey(r, a, from)
	ownedByRDS(r, a)
}

// membership are the instances of a cluster.
type membership struct {
	instances []*resource.Resource
	gap       *probity.Gap // there may be more
}

// members gives the instances of all clusters, by the cluster's address.
func (e *estate) members() map[string]*membership {
	if e.clusters != nil {
		return e.clusters
	}
	e.clusters = map[string]*membership{}
	for cluster, instance := range map[string]string{rdsCluster: rdsClusterInstance, docdbCluster: docdbInstance, neptuneCluster: neptuneInstance} {
		splits, _ := e.join(joint{owners: e.byType[cluster], attr: "cluster_identifier", types: []string{instance}, names: func(r *resource.Resource) ([]string, bool) {
			name := r.Get("cluster_identifier").String()
			return []string{name}, name != ""
		}})
		for addr, s := range splits {
			m := &membership{gap: s.doubt[instance]}
			for _, r := range s.parts[instance] {
				if r.Maybe != nil {
					m.gap = r.Maybe
					continue
				}
				m.instances = append(m.instances, r)
			}
			e.clusters[addr] = m
		}
	}
	return e.clusters
}

// addressed: a cluster has a public address once one of its instances has.
func (m *membership) addressed(r *resource.Resource, def probity.Fact[bool]) probity.Fact[bool] {
	if db := r.Get("db_cluster_instance_class"); db.Set() { // a Multi-AZ cluster has no instances of its own
		return r.Get("publicly_accessible").Bool(def)
	}
	out := def
	if len(m.instances) == 0 {
		out = kinds.NoMember()
	}
	for _, i := range m.instances {
		f := i.Get("publicly_accessible").Bool(def)
		if on, ok := f.Get(); ok && on {
			return f
		} else if !ok {
			out = f
		}
	}
	if _, ok := out.Get(); ok && m.gap != nil {
		return probity.Missing[bool](*m.gap, r.At)
	}
	return out
}

// zones: an Aurora cluster survives the loss of a zone with two instances, a Multi-AZ cluster always.
func (m *membership) zones(r *resource.Resource) probity.Fact[bool] {
	switch db := r.Get("db_cluster_instance_class"); {
	case db.Set():
		return probity.Known(true, db.At)
	case len(m.instances) > 1:
		return probity.Known(true, m.instances[1].At)
	case m.gap != nil:
		return probity.Missing[bool](*m.gap, r.At)
	}
	return probity.Known(false, r.At)
}

// minorUpgrades: those of Aurora are set on its instances, and one that stays behind is enough. A provider tells of all at once.
func (e *estate) minorUpgrades(r *resource.Resource) probity.Fact[bool] {
	own := r.Get("auto_minor_version_upgrade").Bool(kinds.RDSOn("automatic minor upgrades"))
	m := e.members()[r.Addr]
	if r.Type != rdsCluster || m == nil || e.place.listed() {
		return own
	}
	for _, i := range m.instances {
		own = both(own, i.Get("auto_minor_version_upgrade").Bool(kinds.RDSOn("automatic minor upgrades")))
	}
	if own.Is(func(on bool) bool { return on }) && m.gap != nil {
		return probity.Missing[bool](*m.gap, r.At)
	}
	return own
}

// forcedTLS tells from the parameter group whether clear connections are refused.
func (e *estate) forcedTLS(r *resource.Resource, typ, attr string) probity.Fact[bool] {
	engine := r.Get("engine")
	if _, ok := engine.Data.(string); !ok {
		return probity.Missing[bool](probity.Gap{Reason: probity.Unresolved, Because: "the engine is not known"}, r.At)
	}
	def := kinds.RDSForcesTLS(engine.String(), r.Get("engine_version").String())
	return e.switched(typ, r.Get(attr), parameter{
		names: []string{"rds.force_ssl", "require_secure_transport", "db2comm"}, on: spelled("1", "on", "true", "ssl"),
		def: func(string) probity.Fact[bool] { return def },
	})
}
