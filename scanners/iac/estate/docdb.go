package estate

import (
	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/iac/resource"
	"github.com/probity-scan/probity/scanners/kinds"
)

const (
	docdbCluster  = "aws_docdb_cluster"
	docdbInstance = "aws_docdb_cluster_instance"
	docdbParams   = "aws_docdb_cluster_parameter_group"
	docdbSnapshot = "aws_docdb_cluster_snapshot"
	docdbElastic  = "aws_docdbelastic_cluster"
)

func docDB() service {
	return service{
		kinds: map[probity.Kind][]string{kinds.DocDBCluster: {docdbCluster}, kinds.DocDBElastic: {docdbElastic}, kinds.DocDBSnapshot: {docdbSnapshot}},
		types: []string{docdbCluster, docdbInstance, docdbParams, docdbSnapshot, docdbElastic}, read: (*estate).documents}
}

func (e *estate) documents() []probity.Asset {
	fresh := kinds.NewDocDB()
	var out []probity.Asset
	for _, r := range e.byType[docdbCluster] {
		out = append(out, e.docdbCluster(r, fresh))
	}
	elastic := kinds.NewDocDBElastic()
	for _, r := range e.byType[docdbElastic] {
		a := e.fresh(r, kinds.DocDBElastic, r.Get("name").String(), &elastic.Asset)
		e.ownKey(&a, r.Get("kms_key_id"))
		a.Exposure.Declared.Guards = e.guards(r.Get("vpc_security_group_ids"), r.At)
		a.Resilience.BackupDays = r.Get("backup_retention_period").Int(a.Resilience.BackupDays)
		own := elastic.Own
		own.PasswordInCode = passwordInCode(r)
		own.ManagedPassword = r.Get("managed_password").Bool(own.ManagedPassword)
		own.SkipSnapshot = r.Get("skip_final_snapshot").Bool(own.SkipSnapshot)
		a.Settings = probity.SettingsOf(own)
		out = append(out, a)
	}
	return append(out, e.clusterSnapshots(docdbSnapshot, docdbCluster, kinds.DocDBSnapshot)...)
}

func (e *estate) docdbCluster(r *resource.Resource, fresh kinds.Fresh[kinds.Cluster]) probity.Asset {
	a := e.fresh(r, kinds.DocDBCluster, r.Get("cluster_identifier").String(), &fresh.Asset)
	from := restored(r, "snapshot_identifier", "restore_to_point_in_time", "global_cluster_identifier")
	own := fresh.Own
	e.clusterCommon(r, &a, from, "kms_key_id", "docdb")
	group := r.Get("db_cluster_parameter_group_name")
	a.Encryption.InTransit = e.switched(docdbParams, group, parameter{names: []string{"tls"}, def: func(string) probity.Fact[bool] { return fresh.Encryption.InTransit },
		on: spelled("enabled", "fips-140-3", "tls1.2+", "tls1.3+")})
	a.Audit.Exports = texts(r.Get("enabled_cloudwatch_logs_exports"), listedUnless(from, a.Audit.Exports))
	a.Audit.Access = both(e.switched(docdbParams, group, parameter{names: []string{"audit_logs"}, def: func(string) probity.Fact[bool] { return fresh.Audit.Access },
		on: func(s string) bool { return s != "disabled" && s != "none" }}), exported(a.Audit.Exports, "audit"))
	own.PasswordInCode = passwordInCode(r)
	own.ManagedPassword = r.Get("manage_master_user_password").Bool(own.ManagedPassword)
	own.SkipSnapshot = r.Get("skip_final_snapshot").Bool(own.SkipSnapshot)
	own.Port = r.Get("port").Int(unless(from, own.Port))
	a.Settings = probity.SettingsOf(own)
	e.link(&a, probity.CopyOf, r.Get("restore_to_point_in_time", "source_cluster_identifier"))
	return a
}

// clusterCommon is what clusters that are made as Aurora's spell alike.
func (e *estate) clusterCommon(r *resource.Resource, a *probity.Asset, from *resource.Value, key, engine string) {
	a.Lifecycle.Version = versioned(r.Get("engine").Text(probity.Known(engine, r.At)), r.Get("engine_version"))
	a.Encryption.AtRest = r.Get("storage_encrypted").Bool(unless(from, a.Encryption.AtRest))
	e.storageKey(a, r.Get(key), from, probity.ProviderManaged)
	ownedByRDS(r, a)
	e.masterSecret(r, a)
	a.Exposure.Declared.Guards = e.guards(r.Get("vpc_security_group_ids"), r.At)
	a.Resilience.BackupDays = r.Get("backup_retention_period").Int(a.Resilience.BackupDays)
	a.Resilience.PointInTime = resource.Map(a.Resilience.BackupDays, func(n int) bool { return n > 0 })
	a.Resilience.DeletionProtection = r.Get("deletion_protection").Bool(a.Resilience.DeletionProtection)
	a.Resilience.MultiZone = e.members()[r.Addr].zones(r)
	e.link(a, probity.CopyOf, r.Get("snapshot_identifier"))
}

// clusterSnapshots are encrypted as their cluster is. The code cannot share them.
func (e *estate) clusterSnapshots(typ, cluster string, kind probity.Kind) []probity.Asset {
	var out []probity.Asset
	for _, r := range e.byType[typ] {
		a := e.asset(r, kind, r.Get("db_cluster_snapshot_identifier").String())
		source := r.Get("db_cluster_identifier")
		e.snapshotEncryption(r, &a, source, cluster)
		e.link(&a, probity.SnapshotOf, source)
		e.link(&a, probity.CopyOf, r.Get("copied_from"))
		if e.place.listed() {
			sharedSnapshot(r, &a)
		} else {
			a.Settings = probity.SettingsOf(kinds.Shared{Automatic: e.scheduled(&a)})
		}
		out = append(out, a)
	}
	return out
}
