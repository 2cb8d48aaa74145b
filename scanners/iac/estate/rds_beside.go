package estate

import (
	"strings"

	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/iac/resource"
	"github.com/probity-scan/probity/scanners/kinds"
)

const (
	rdsProxy    = "aws_db_proxy"
	rdsGlobal   = "aws_rds_global_cluster"
	docdbGlobal = "aws_docdb_global_cluster"
	neptuneGlob = "aws_neptune_global_cluster"
	rdsBackups  = "aws_db_instance_automated_backups_replication"
	rdsExport   = "aws_rds_export_task"
)

func rdsBeside() service {
	return service{
		kinds: map[probity.Kind][]string{kinds.RDSProxy: {rdsProxy}, kinds.RDSGlobalCluster: {rdsGlobal, docdbGlobal, neptuneGlob}, kinds.RDSBackup: {rdsBackups, rdsExport}},
		types: []string{rdsProxy, rdsGlobal, docdbGlobal, neptuneGlob, rdsBackups, rdsExport}, read: (*estate).besideDatabases}
}

func (e *estate) besideDatabases() []probity.Asset {
	fresh := kinds.NewProxy()
	out := e.each(rdsProxy, func(r *resource.Resource) probity.Asset { return e.proxy(r, fresh) })
	for _, t := range []string{rdsGlobal, docdbGlobal, neptuneGlob} {
		out = append(out, e.each(t, e.globalCluster)...)
	}
	out = append(out, e.each(rdsBackups, e.copiedBackups)...)
	return append(out, e.each(rdsExport, e.exportedSnapshot)...)
}

func (e *estate) proxy(r *resource.Resource, fresh kinds.Fresh[kinds.Proxy]) probity.Asset {
	a := e.fresh(r, kinds.RDSProxy, r.Get("name").String(), &fresh.Asset)
	a.Encryption.InTransit = r.Get("require_tls").Bool(a.Encryption.InTransit)
	a.Exposure.Declared.Guards = e.guards(r.Get("vpc_security_group_ids"), r.At)
	a.Settings = probity.SettingsOf(kinds.Proxy{IAMAuth: proxyAuth(r), ValuesLogged: r.Get("debug_logging").Bool(kinds.RDSOff("detailed log of a proxy"))})
	behind, gap := r.Get("target").Each() // of a listed proxy; code has a resource for each
	for _, v := range behind {
		e.link(&a, probity.ReadsFrom, v)
	}
	if gap != nil {
		a.Links = a.Links.With(probity.Link{Kind: probity.ReadsFrom, Gap: gap})
	}
	return a
}

// proxyAuth: every way in asks for an identity of the account.
func proxyAuth(r *resource.Resource) probity.Fact[bool] {
	blocks, rest := r.Get("auth").Blocks()
	for _, b := range blocks {
		switch v := b.Get("iam_auth"); {
		case v.Gap() != nil:
			rest = v.Gap()
		case v.String() != "REQUIRED":
			return probity.Known(false, b.At)
		}
	}
	if r.Get("default_auth_scheme").String() == "IAM_AUTH" {
		return probity.Known(true, r.At)
	}
	if rest != nil {
		return probity.Missing[bool](*rest, r.At)
	}
	return probity.Known(len(blocks) > 0, r.At)
}

// globalCluster is encrypted as the cluster it is made of.
func (e *estate) globalCluster(r *resource.Resource) probity.Asset {
	a := e.asset(r, kinds.RDSGlobalCluster, r.Get("global_cluster_identifier").String())
	from := restored(r, "source_db_cluster_identifier")
	fresh := kinds.NewNeptune().Encryption
	switch engine := r.Get("engine").String(); {
	case r.Type == docdbGlobal:
		fresh = kinds.NewDocDB().Encryption
	case r.Type == rdsGlobal && (engine == "" || strings.HasPrefix(engine, "aurora")):
		fresh = kinds.AuroraEncryption()
	}
	a.Encryption.AtRest = r.Get("storage_encrypted").Bool(unless(from, fresh.AtRest))
	ownedByRDS(r, &a)
	gap := probity.Gap{Reason: probity.NotApplicable, Because: "each of its clusters has a key of its own"}
	a.Encryption.Key, a.Encryption.Manager = probity.Missing[probity.Optional[string]](gap, r.At), probity.Missing[probity.KeyManager](gap, r.At)
	a.Resilience.DeletionProtection = r.Get("deletion_protection").Bool(kinds.RDSOff("deletion protection"))
	a.Resilience.MultiZone = probity.Known(true, r.At)
	e.link(&a, probity.CopyOf, r.Get("source_db_cluster_identifier"))
	return a
}

// copiedBackups are encrypted as the instance is, under a key of the region they are copied to.
func (e *estate) copiedBackups(r *resource.Resource) probity.Asset {
	a := e.asset(r, kinds.RDSBackup, "")
	source := r.Get("source_db_instance_arn")
	e.snapshotEncryption(r, &a, source, rdsInstance)
	a.Resilience.BackupDays = r.Get("retention_period").Int(kinds.RDSBackupKept())
	e.link(&a, probity.CopyOf, source)
	return a
}

// exportedSnapshot is a copy of a snapshot's data in a bucket, under a key that must be named.
func (e *estate) exportedSnapshot(r *resource.Resource) probity.Asset {
	a := e.asset(r, kinds.RDSBackup, r.Get("export_task_identifier").String())
	a.Encryption.AtRest = probity.Known(true, r.At)
	e.key(&a, r.Get("kms_key_id"), probity.CustomerManaged, r.At)
	e.link(&a, probity.CopyOf, r.Get("source_arn"))
	e.link(&a, probity.ContainedIn, r.Get("s3_bucket_name"))
	return a
}
