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
			e.share(&a, r.Get("shared_accounts"), r)
			out = append(out, a)
		}
	}
	return out
}

// inherited: a snapshot is encrypted exactly as its source is, where this root declares that.
func (e *estate) inherited(a *probity.Asset, source resource.Value, types ...string) {
	gap := probity.Gap{Reason: probity.Computed, Because: "a snapshot is encrypted as its source is"}
	if ref, ok := source.Data.(resource.Ref); ok {
		if r := e.byAddr[ref.Addr]; r != nil && r.Maybe == nil && contains(types, r.Type) {
			var src probity.Asset
			switch r.Type {
			case rdsInstance:
				src = e.rdsInstance(r)
			case rdsCluster:
				src = e.rdsCluster(r, e.members()[r.Addr])
			case ebsVolume:
				src = e.volume(r)
			}
			a.Encryption.AtRest, a.Encryption.Key, a.Encryption.Manager = src.Encryption.AtRest, src.Encryption.Key, src.Encryption.Manager
			return
		}
	}
	if g := source.Gap(); g != nil && g.Reason == probity.Unresolved {
		gap = *g
	}
	a.Encryption.AtRest = probity.Missing[bool](gap, source.At)
	a.Encryption.Key = probity.Missing[probity.Optional[string]](gap, source.At)
	a.Encryption.Manager = probity.Missing[probity.KeyManager](gap, source.At)
}

// share tells with whom a snapshot is shared: "all" is everyone.
func (e *estate) share(a *probity.Asset, with resource.Value, r *resource.Resource) {
	list := texts(with, probity.Whole[string](&probity.Origin{Default: "a snapshot is shared with nobody unless told"}))
	items, rest := list.Value()
	var grants []probity.Grant
	for _, who := range items.([]string) {
		if who == "all" {
			who = "*"
		}
		grants = append(grants, probity.Grant{Principal: who, Actions: []string{"restore"}})
	}
	a.Exposure.Declared.ACL = probity.Whole(list.From(), grants...)
	if rest != nil {
		a.Exposure.Declared.ACL = probity.Open(*rest, list.From(), grants...)
	}
	a.Settings = probity.SettingsOf(kinds.Shared{With: list})
	_ = r
}
