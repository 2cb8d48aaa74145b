package estate

import (
	"slices"
	"strings"

	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/iac/resource"
	"github.com/probity-scan/probity/scanners/kinds"
)

func (e *estate) rdsCluster(r *resource.Resource, members *membership) probity.Asset {
	a := e.asset(r, kinds.RDSCluster, r.Get("cluster_identifier").String())
	from := restored(r, "snapshot_identifier", "replication_source_identifier", "restore_to_point_in_time", "s3_import", "global_cluster_identifier")
	e.rdsCommon(r, &a, from, rdsClusterParams, "db_cluster_parameter_group_name")
	def := kinds.RDSAtRest()
	if r.Get("engine_mode").String() == "serverless" {
		def = kinds.RDSServerlessAtRest()
	}
	a.Encryption.AtRest = r.Get("storage_encrypted").Bool(unless(from, def))
	e.rdsKey(r, &a, from)
	a.Resilience.BackupDays = r.Get("backup_retention_period").Int(kinds.RDSClusterBackupDays())
	a.Resilience.PointInTime = resource.Map(a.Resilience.BackupDays, func(n int) bool { return n > 0 })
	a.Resilience.MultiZone = members.zones(r)
	a.Exposure.Declared.Addressed = members.addressed(r)
	e.link(&a, probity.ReplicaOf, r.Get("replication_source_identifier"))
	e.link(&a, probity.CopyOf, r.Get("restore_to_point_in_time", "source_cluster_identifier"))
	e.link(&a, probity.CopyOf, r.Get("snapshot_identifier"))
	return a
}

// membership are the instances of a cluster.
type membership struct {
	instances []*resource.Resource
	gap       *probity.Gap // there may be more
}

func (e *estate) members() map[string]*membership {
	if e.clusters != nil {
		return e.clusters
	}
	owners := e.byType[rdsCluster]
	splits, _ := e.join(joint{owners: owners, attr: "cluster_identifier", types: []string{rdsClusterInstance}, names: func(r *resource.Resource) ([]string, bool) {
		name := r.Get("cluster_identifier").String()
		return []string{name}, name != ""
	}})
	out := map[string]*membership{}
	for addr, s := range splits {
		m := &membership{gap: s.doubt[rdsClusterInstance]}
		for _, r := range s.parts[rdsClusterInstance] {
			if r.Maybe != nil {
				m.gap = r.Maybe
				continue
			}
			m.instances = append(m.instances, r)
		}
		out[addr] = m
	}
	e.clusters = out
	return out
}

// addressed: a cluster has a public address once one of its instances has.
func (m *membership) addressed(r *resource.Resource) probity.Fact[bool] {
	if db := r.Get("db_cluster_instance_class"); db.Set() { // a Multi-AZ cluster has no instances of its own
		return r.Get("publicly_accessible").Bool(kinds.RDSPublic())
	}
	out := kinds.RDSPublic()
	for _, i := range m.instances {
		f := i.Get("publicly_accessible").Bool(kinds.RDSPublic())
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

// forcedTLS tells from the parameter group whether clear connections are refused.
func (e *estate) forcedTLS(r *resource.Resource, typ, attr string) probity.Fact[bool] {
	engine := r.Get("engine")
	if _, ok := engine.Data.(string); !ok {
		return probity.Missing[bool](probity.Gap{Reason: probity.Unresolved, Because: "the engine is not known"}, r.At)
	}
	def := kinds.RDSForcesTLS(engine.String(), r.Get("engine_version").String())
	group := r.Get(attr)
	if !group.Set() {
		return def
	}
	if g := e.parameterGroup(typ, group); g != nil {
		return certain(g, tlsParameter(g, def))
	}
	if strings.HasPrefix(group.String(), "default.") {
		return def
	}
	gap := group.Gap()
	if gap == nil || isReference(group) {
		gap = &probity.Gap{Reason: probity.Unresolved, Because: "its parameter group is not in this root"}
	}
	return probity.Missing[bool](*gap, group.At)
}

// parameterGroup finds a group by reference or by name.
func (e *estate) parameterGroup(typ string, v resource.Value) *resource.Resource {
	if ref, ok := v.Data.(resource.Ref); ok {
		if g := e.byAddr[ref.Addr]; g != nil && g.Type == typ {
			return g
		}
		return nil
	}
	if e.parameters == nil {
		e.parameters = map[string]*resource.Resource{}
		for _, t := range []string{rdsParameters, rdsClusterParams} {
			for _, g := range slices.Backward(e.byType[t]) {
				e.parameters[t+" "+g.Get("name").String()] = g
			}
		}
	}
	if v.String() == "" {
		return nil
	}
	return e.parameters[typ+" "+v.String()]
}

func tlsParameter(g *resource.Resource, def probity.Fact[bool]) probity.Fact[bool] {
	params, rest := g.Get("parameter").Blocks()
	for _, p := range params {
		switch strings.ToLower(p.Get("name").String()) {
		case "rds.force_ssl", "require_secure_transport", "db2comm":
			v := p.Get("value")
			if s, ok := v.Text(probity.Fact[string]{}).Get(); ok {
				return probity.Known(s == "1" || strings.EqualFold(s, "on") || strings.EqualFold(s, "true") || strings.EqualFold(s, "ssl"), v.At)
			}
			return probity.Missing[bool](*first(v.Gap(), &probity.Gap{Reason: probity.Unresolved}), v.At)
		}
		if p.Get("name").Gap() != nil {
			rest = p.Get("name").Gap()
		}
	}
	if rest != nil {
		return probity.Missing[bool](*rest, g.At)
	}
	return def
}
