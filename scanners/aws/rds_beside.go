package aws

import (
	"slices"
	"strings"

	"github.com/aws/aws-sdk-go-v2/service/rds"
	"github.com/aws/aws-sdk-go-v2/service/rds/types"

	probity "github.com/probity-scan/probity"
)

// globalClusters are listed in each region that they reach into; each is told of where its writing cluster is.
func (r *rdsReader) globalClusters() {
	r.replicaOf = map[string]string{}
	for g, at := range list(r.reader, r.api.DescribeGlobalClusters, &rds.DescribeGlobalClustersInput{},
		func(p *rds.DescribeGlobalClustersOutput) []types.GlobalCluster { return p.GlobalClusters },
		"aws_rds_global_cluster", "aws_docdb_global_cluster", "aws_neptune_global_cluster") {
		writer := ""
		for _, m := range g.GlobalClusterMembers {
			if value(m.IsWriter) {
				writer = value(m.DBClusterArn)
			}
		}
		for _, m := range g.GlobalClusterMembers {
			if arn := value(m.DBClusterArn); arn != writer {
				r.replicaOf[arn] = writer
			}
		}
		if where := strings.Split(writer, ":"); len(where) > 5 && where[3] != r.region {
			continue
		}
		typ := "aws_rds_global_cluster"
		if family := rdsFamily(g.Engine); family != "aws_rds_cluster" {
			typ = strings.Replace(family, "cluster", "global_cluster", 1)
		}
		r.add(Thing{Type: typ, ARN: value(g.GlobalClusterArn), ID: value(g.GlobalClusterIdentifier), Names: endpoint(g.Endpoint, 0), At: at, Attrs: attrs{
			"global_cluster_identifier":    g.GlobalClusterIdentifier,
			"engine":                       g.Engine,
			"storage_encrypted":            g.StorageEncrypted,
			"storage_encryption_type":      string(g.StorageEncryptionType),
			"deletion_protection":          g.DeletionProtection,
			"source_db_cluster_identifier": writer,
			"tags":                         rdsTags(g.TagList),
		}})
	}
}

// proxies stand before databases: who connects to one connects to what is behind it, which therefore bears their endpoints.
func (r *rdsReader) proxies() {
	r.fronts = map[string][]string{}
	endpoints := map[string][]string{}
	var all []types.DBProxy
	for p, at := range list(r.reader, r.api.DescribeDBProxies, &rds.DescribeDBProxiesInput{},
		func(p *rds.DescribeDBProxiesOutput) []types.DBProxy { return p.DBProxies }, "aws_db_proxy") {
		all, r.atProxies = append(all, p), at
		endpoints[value(p.DBProxyName)] = endpoint(p.Endpoint, proxyPort(p.EngineFamily))
	}
	if len(all) == 0 {
		return
	}
	for e := range list(r.reader, r.api.DescribeDBProxyEndpoints, &rds.DescribeDBProxyEndpointsInput{},
		func(p *rds.DescribeDBProxyEndpointsOutput) []types.DBProxyEndpoint { return p.DBProxyEndpoints }, "aws_db_proxy") {
		for _, p := range all {
			if value(p.DBProxyName) == value(e.DBProxyName) && !value(e.IsDefault) {
				endpoints[value(p.DBProxyName)] = append(endpoints[value(p.DBProxyName)], endpoint(e.Endpoint, proxyPort(p.EngineFamily))...)
			}
		}
	}
	many(r.reader, over(all), func(p types.DBProxy, _ *probity.Origin) { r.proxy(p, endpoints[value(p.DBProxyName)]) })
}

func (r *rdsReader) proxy(p types.DBProxy, names []string) {
	behind := ask(r.reader, r.api.DescribeDBProxyTargets, &rds.DescribeDBProxyTargetsInput{DBProxyName: p.DBProxyName}, "DBProxyNotFoundFault")
	tagged := ask(r.reader, r.api.ListTagsForResource, &rds.ListTagsForResourceInput{ResourceName: p.DBProxyArn}, "DBProxyNotFoundFault")
	r.add(Thing{Type: "aws_db_proxy", ARN: value(p.DBProxyArn), ID: value(p.DBProxyName), Created: p.CreatedDate, At: r.atProxies, Attrs: attrs{
		"name":                   p.DBProxyName,
		"require_tls":            p.RequireTLS,
		"debug_logging":          p.DebugLogging,
		"vpc_security_group_ids": each(p.VpcSecurityGroupIds, func(id string) any { return to("aws_security_group", &id) }),
		"auth":                   each(p.Auth, func(a types.UserAuthConfigInfo) any { return attrs{"iam_auth": string(a.IAMAuth)} }),
		"default_auth_scheme":    p.DefaultAuthScheme,
		"target":                 behind.get(func(o *rds.DescribeDBProxyTargetsOutput) any { return r.targets(o.Targets) }),
		"tags":                   tagged.get(func(o *rds.ListTagsForResourceOutput) any { return rdsTags(o.TagList) }),
	}})
	if behind.out == nil {
		return
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, arn := range r.targets(behind.out.Targets) {
		r.fronts[arn] = append(r.fronts[arn], names...)
	}
}

// targets are the databases behind a proxy by ARN: of the instances of a cluster, the cluster.
func (r *rdsReader) targets(in []types.DBProxyTarget) []string {
	out := []string{}
	for _, t := range in {
		what := map[types.TargetType]string{types.TargetTypeRdsInstance: "db", types.TargetTypeTrackedCluster: "cluster"}[t.Type]
		id := t.RdsResourceId
		if value(t.TrackedClusterId) != "" {
			what, id = "cluster", t.TrackedClusterId
		}
		if arn, ok := r.arnOf(what, id).(string); ok && what != "" && !slices.Contains(out, arn) {
			out = append(out, arn)
		}
	}
	return out
}

// proxyPort is the one that proxies of a family of engines listen on (RDS User Guide, RDS Proxy).
func proxyPort(family *string) int32 {
	return map[string]int32{"MYSQL": 3306, "POSTGRESQL": 5432, "SQLSERVER": 1433}[value(family)]
}

// automatedBackups are those that the database they are of does not hold itself: copied here from another region, or kept after
// it was deleted.
func (r *rdsReader) automatedBackups() {
	const typ = "aws_db_instance_automated_backups_replication"
	for b, at := range list(r.reader, r.api.DescribeDBInstanceAutomatedBackups, &rds.DescribeDBInstanceAutomatedBackupsInput{},
		func(p *rds.DescribeDBInstanceAutomatedBackupsOutput) []types.DBInstanceAutomatedBackup {
			return p.DBInstanceAutomatedBackups
		}, typ) {
		r.backup(typ, b.DBInstanceAutomatedBackupsArn, b.DBInstanceArn, b.Status, at, attrs{"storage_encrypted": b.Encrypted,
			"storage_encryption_type": string(b.StorageEncryptionType), "kms_key_id": keyOf(b.KmsKeyId), "retention_period": b.BackupRetentionPeriod, "tags": rdsTags(b.TagList)})
	}
	for b, at := range list(r.reader, r.api.DescribeDBClusterAutomatedBackups, &rds.DescribeDBClusterAutomatedBackupsInput{},
		func(p *rds.DescribeDBClusterAutomatedBackupsOutput) []types.DBClusterAutomatedBackup {
			return p.DBClusterAutomatedBackups
		}, typ) {
		r.backup(typ, b.DBClusterAutomatedBackupsArn, b.DBClusterArn, b.Status, at, attrs{"storage_encrypted": b.StorageEncrypted,
			"storage_encryption_type": string(b.StorageEncryptionType), "kms_key_id": keyOf(b.KmsKeyId), "retention_period": b.BackupRetentionPeriod, "tags": rdsTags(b.TagList)})
	}
}

func (r *rdsReader) backup(typ string, arn, of, status *string, at *probity.Origin, a attrs) {
	where := strings.Split(value(of), ":")
	if arn == nil || len(where) > 5 && where[3] == r.region && where[4] == r.account && value(status) != "retained" {
		return
	}
	a["source_db_instance_arn"] = of
	r.add(Thing{Type: typ, ARN: *arn, At: at, Attrs: a})
}

// exports are copies of snapshots in buckets. Where one was made is its only name: it has no ARN of its own.
func (r *rdsReader) exports() {
	for e, at := range list(r.reader, r.api.DescribeExportTasks, &rds.DescribeExportTasksInput{},
		func(p *rds.DescribeExportTasksOutput) []types.ExportTask { return p.ExportTasks }, "aws_rds_export_task") {
		if s := strings.ToLower(value(e.Status)); s == "failed" || s == "canceled" {
			continue
		}
		path := strings.Trim(value(e.S3Prefix)+"/"+value(e.ExportTaskIdentifier), "/")
		r.add(Thing{Type: "aws_rds_export_task", ARN: "arn:" + partition(r.region) + ":s3:::" + value(e.S3Bucket) + "/" + path, ID: value(e.ExportTaskIdentifier),
			Created: e.SnapshotTime, At: at, Attrs: attrs{
				"export_task_identifier": e.ExportTaskIdentifier,
				"source_arn":             e.SourceArn,
				"s3_bucket_name":         e.S3Bucket,
				"kms_key_id":             keyOf(e.KmsKeyId),
				"tags":                   unread{probity.Gap{Reason: probity.NotApplicable, Because: "an export has no tags"}},
			}})
	}
}
