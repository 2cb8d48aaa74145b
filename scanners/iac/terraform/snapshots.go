package terraform

import (
	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/iac/terraform/resource"
	"github.com/probity-scan/probity/scanners/kinds"
)

func rdsSnapshots() service {
	all := []string{"aws_db_snapshot", "aws_db_snapshot_copy", "aws_db_cluster_snapshot", "aws_rds_cluster_snapshot_copy"}
	return service{kinds: map[probity.Kind][]string{kinds.RDSSnapshot: all}, types: all, read: (*estate).rdsSnapshots}
}

func (e *estate) rdsSnapshots() []probity.Asset {
	var out []probity.Asset
	for _, t := range []struct{ typ, name, of string }{
		{"aws_db_snapshot", "db_snapshot_identifier", "db_instance_identifier"},
		{"aws_db_cluster_snapshot", "db_cluster_snapshot_identifier", "db_cluster_identifier"},
		{"aws_db_snapshot_copy", "target_db_snapshot_identifier", "source_db_snapshot_identifier"},
		{"aws_rds_cluster_snapshot_copy", "target_db_cluster_snapshot_identifier", "source_db_cluster_snapshot_identifier"},
	} {
		for _, r := range e.byType[t.typ] {
			a := e.asset(r, kinds.RDSSnapshot, r.Get(t.name).String())
			source := r.Get(t.of)
			kind := probity.SnapshotOf
			if key := r.Get("kms_key_id"); key.Set() {
				a.Encryption.AtRest = probity.Known(true, key.At)
				e.key(&a, key, probity.ProviderManaged, key.At)
			} else {
				e.inherited(&a, source, rdsInstance, rdsCluster)
			}
			if t.of[:6] == "source" {
				kind = probity.CopyOf
			}
			e.link(&a, kind, source)
			share(&a, texts(r.Get("shared_accounts"), kinds.SnapshotShared()))
			out = append(out, a)
		}
	}
	return out
}

// inherited: a snapshot is encrypted exactly as its source is, where this root declares that.
func (e *estate) inherited(a *probity.Asset, source resource.Value, types ...string) {
	gap := probity.Gap{Reason: probity.Computed, Because: "a snapshot is encrypted as its source is"}
	if r := e.named(source, types...); r != nil && r.Maybe == nil {
		var src probity.Asset
		switch r.Type {
		case rdsInstance:
			src = e.rdsInstance(r)
		case rdsCluster:
			src = e.rdsCluster(r, e.members()[r.Addr])
		case ebsVolume:
			src = e.volume(r)
		case ebsSnapshot:
			e.inherited(&src, r.Get("volume_id"), ebsVolume)
		}
		a.Encryption.AtRest, a.Encryption.Key, a.Encryption.Manager = src.Encryption.AtRest, src.Encryption.Key, src.Encryption.Manager
		return
	}
	if g := source.Gap(); g != nil && g.Reason == probity.Unresolved {
		gap = *g
	}
	a.Encryption.AtRest = probity.Missing[bool](gap, source.At)
	a.Encryption.Key = probity.Missing[probity.Optional[string]](gap, source.At)
	a.Encryption.Manager = probity.Missing[probity.KeyManager](gap, source.At)
}

// named finds the resource that a reference or an identifier in the code names.
func (e *estate) named(v resource.Value, types ...string) *resource.Resource {
	if ref, ok := v.Data.(resource.Ref); ok {
		if r := e.byAddr[ref.Addr]; r != nil && contains(types, r.Type) {
			return r
		}
		return nil
	}
	name := v.String()
	for _, typ := range types {
		for _, r := range e.byType[typ] {
			if name != "" && (r.Get("identifier").String() == name || r.Get("cluster_identifier").String() == name) {
				return r
			}
		}
	}
	return nil
}

// share tells with whom a snapshot is shared: "all" is everyone.
func share(a *probity.Asset, with probity.List[string]) {
	items, rest := with.Value()
	grants := []probity.Grant{}
	for _, who := range items.([]string) {
		if who == "all" {
			who = "*"
		}
		grants = append(grants, grant(who, []string{"restore"}))
	}
	a.Exposure.Declared.ACL = probity.Whole(with.From(), grants...)
	if rest != nil {
		a.Exposure.Declared.ACL = probity.Open(*rest, with.From(), grants...)
	}
	a.Settings = probity.SettingsOf(kinds.Shared{With: with})
}
