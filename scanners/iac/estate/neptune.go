package estate

import (
	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/iac/resource"
	"github.com/probity-scan/probity/scanners/kinds"
)

const (
	neptuneCluster  = "aws_neptune_cluster"
	neptuneInstance = "aws_neptune_cluster_instance"
	neptuneParams   = "aws_neptune_cluster_parameter_group"
	neptuneSnapshot = "aws_neptune_cluster_snapshot"
	neptuneGraph    = "aws_neptunegraph_graph"
)

func neptune() service {
	return service{
		kinds: map[probity.Kind][]string{kinds.NeptuneCluster: {neptuneCluster}, kinds.NeptuneSnapshot: {neptuneSnapshot}, kinds.NeptuneGraph: {neptuneGraph}},
		types: []string{neptuneCluster, neptuneInstance, neptuneParams, neptuneSnapshot, neptuneGraph}, read: (*estate).graphs}
}

func (e *estate) graphs() []probity.Asset {
	fresh := kinds.NewNeptune()
	var out []probity.Asset
	for _, r := range e.byType[neptuneCluster] {
		out = append(out, e.neptuneCluster(r, fresh))
	}
	graph := kinds.NewNeptuneGraph()
	for _, r := range e.byType[neptuneGraph] {
		a := e.fresh(r, kinds.NeptuneGraph, r.Get("graph_name").String(), &graph.Asset)
		e.ownKey(&a, r.Get("kms_key_identifier"))
		a.Exposure.Declared.Addressed = r.Get("public_connectivity").Bool(a.Exposure.Declared.Addressed)
		a.Resilience.DeletionProtection = r.Get("deletion_protection").Bool(a.Resilience.DeletionProtection)
		a.Settings = probity.SettingsOf(graph.Own)
		out = append(out, a)
	}
	return append(out, e.clusterSnapshots(neptuneSnapshot, neptuneCluster, kinds.NeptuneSnapshot)...)
}

func (e *estate) neptuneCluster(r *resource.Resource, fresh kinds.Fresh[kinds.Cluster]) probity.Asset {
	a := e.fresh(r, kinds.NeptuneCluster, r.Get("cluster_identifier").String(), &fresh.Asset)
	from := restored(r, "snapshot_identifier", "replication_source_identifier", "global_cluster_identifier")
	e.clusterCommon(r, &a, from, "kms_key_arn", "neptune")
	group := r.Get("neptune_cluster_parameter_group_name")
	a.Encryption.InTransit = e.switched(neptuneParams, group, parameter{names: []string{"neptune_enforce_ssl"}, on: spelled("1", "true", "on"),
		def: func(string) probity.Fact[bool] { return fresh.Encryption.InTransit }})
	own := fresh.Own
	a.Exposure.Declared.Addressed = e.members()[r.Addr].addressed(r, a.Exposure.Declared.Addressed)
	a.Audit.Exports = texts(r.Get("enable_cloudwatch_logs_exports"), listedUnless(from, a.Audit.Exports))
	a.Audit.Access = both(e.switched(neptuneParams, group, parameter{names: []string{"neptune_enable_audit_log"}, on: spelled("1", "true", "on"),
		def: func(string) probity.Fact[bool] { return fresh.Audit.Access }}), exported(a.Audit.Exports, "audit"))
	own.Unauthenticated = opposite(r.Get("iam_database_authentication_enabled").Bool(unless(from, opposite(own.Unauthenticated))))
	own.SkipSnapshot = r.Get("skip_final_snapshot").Bool(own.SkipSnapshot)
	own.CopyTags = r.Get("copy_tags_to_snapshot").Bool(own.CopyTags)
	own.Port = r.Get("port").Int(unless(from, own.Port))
	a.Settings = probity.SettingsOf(own)
	e.link(&a, probity.ReplicaOf, r.Get("replication_source_identifier"))
	return a
}
