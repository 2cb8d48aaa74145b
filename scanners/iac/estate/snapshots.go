package estate

import (
	"slices"
	"strings"

	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/iac/resource"
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
			e.snapshotEncryption(r, &a, source, rdsInstance, rdsCluster)
			if t.of[:6] == "source" {
				kind = probity.CopyOf
			}
			e.link(&a, kind, source)
			e.link(&a, probity.CopyOf, r.Get("copied_from"))
			sharedSnapshot(r, &a)
			out = append(out, a)
		}
	}
	return out
}

// inherited: a snapshot is encrypted exactly as its source is, where this root declares that.
func (e *estate) inherited(a *probity.Asset, source resource.Value, types ...string) {
	gap := probity.Gap{Reason: probity.Computed, Because: "a snapshot is encrypted as its source is"}
	if r := e.named(source, types...); r != nil && r.Maybe == nil {
		from := e.source(r)
		a.Encryption.AtRest, a.Encryption.Key, a.Encryption.Manager = from.AtRest, from.Key, from.Manager
		if !e.place.listed() { // a provider tells the key of each itself
			a.Links = a.Links.With(e.behind[r.Addr]...)
		}
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
	if e.identified == nil {
		e.identified = map[string]*resource.Resource{}
		for typ, attr := range map[string]string{rdsInstance: "identifier", rdsCluster: "cluster_identifier", docdbCluster: "cluster_identifier",
			neptuneCluster: "cluster_identifier", redshiftCluster: "cluster_identifier", serverlessNamespace: "namespace_name",
			memoryCluster: "name", memoryACL: "name", cacheUsers: "user_group_id", cacheUser: "user_id", redshiftGrant: "snapshot_copy_grant_name",
			rdsOptions: "name", subnetGroup: "name", emrSecurity: "name", glueSecurity: "name"} {
			for _, r := range slices.Backward(e.byType[typ]) {
				e.identified[typ+" "+r.Get(attr).String()] = r
			}
		}
	}
	if v.String() == "" {
		return nil
	}
	for _, typ := range types {
		if r := e.identified[typ+" "+v.String()]; r != nil {
			return r
		}
	}
	return nil
}

// source is how that is encrypted which snapshots are made of.
func (e *estate) source(r *resource.Resource) probity.Encryption {
	if known, ok := e.sources[r.Addr]; ok {
		return known
	}
	if e.sources == nil {
		e.sources, e.behind = map[string]probity.Encryption{}, map[string][]probity.Link{}
	}
	// until it is known: a source that is made of itself, and one behind too many others
	endless := probity.Missing[bool](probity.Gap{Reason: probity.Unresolved, Because: "what it is made of cannot be followed"}, r.At)
	e.sources[r.Addr] = probity.Encryption{AtRest: endless}
	const deepest = 50
	if e.following++; e.following > deepest {
		e.following--
		return probity.Encryption{AtRest: endless}
	}
	defer func() { e.following-- }()
	var src probity.Asset
	switch r.Type {
	case rdsInstance:
		src = e.rdsInstance(r)
	case rdsCluster:
		src = e.rdsCluster(r, e.members()[r.Addr])
	case docdbCluster:
		src = e.docdbCluster(r, kinds.NewDocDB())
	case neptuneCluster:
		src = e.neptuneCluster(r, kinds.NewNeptune())
	case redshiftCluster:
		e.redshiftEncryption(r, &src, restored(r, "snapshot_identifier", "snapshot_arn", "snapshot_cluster_identifier"))
	case cacheGroup:
		src = e.cacheGroup(r, kinds.NewCache())
	case cacheCluster:
		src = e.cacheCluster(r, kinds.NewCacheCluster())
	case memoryCluster:
		src = e.memoryCluster(r, kinds.NewMemoryDB())
	case fsxWindows, fsxLustre, fsxONTAP, fsxOpenZFS:
		typ := strings.Split(r.Type, "_")[2]
		src = e.fsxSystem(r, typ, kinds.NewFSx(typ))
	case serverlessNamespace:
		src = e.namespace(r, kinds.NewRedshiftServerless())
	case ebsVolume:
		src = e.volume(r)
	case ebsSnapshot:
		if e.place.listed() {
			e.toldEncryption(&src, r)
			break
		}
		e.inherited(&src, r.Get("volume_id"), ebsVolume)
	case ebsCopy:
		e.copied(&src, r, r.Get("source_snapshot_id"))
	}
	e.sources[r.Addr] = src.Encryption
	for _, l := range src.Links.Items {
		if l.Kind == probity.EncryptedBy {
			e.behind[r.Addr] = append(e.behind[r.Addr], l)
		}
	}
	return src.Encryption
}

// followed is how the source of a store is encrypted, for a store that is encrypted exactly if its source is.
func (e *estate) followed(from *resource.Value, types ...string) (probity.Encryption, bool) {
	if from == nil {
		return probity.Encryption{}, false
	}
	r := e.named(*from, types...)
	if r == nil || r.Maybe != nil {
		return probity.Encryption{}, false
	}
	src := e.source(r)
	_, known := src.AtRest.Get()
	ref := e.ref(r.Addr)
	return probity.Encryption{AtRest: derived(src.AtRest, ref, "encryption.at_rest"), Key: derived(src.Key, ref, "encryption.key"),
		Manager: derived(src.Manager, ref, "encryption.key_manager")}, known
}

// derived is another asset's fact as one's own.
func derived[T any](f probity.Fact[T], of probity.Ref, path probity.Path) probity.Fact[T] {
	v, ok := f.Get()
	if !ok {
		return f
	}
	return probity.Known(v, &probity.Origin{Derived: []probity.Evidence{{Asset: of, Fact: path, Value: v, Origin: f.From()}}})
}

// share tells with whom a snapshot is shared: "all" is everyone.
func share(a *probity.Asset, with probity.List[string], automatic probity.Fact[bool]) {
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
	a.Settings = probity.SettingsOf(kinds.Shared{With: with, Automatic: automatic})
}
