package aws

import (
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/rds"
	"github.com/aws/aws-sdk-go-v2/service/rds/types"

	probity "github.com/probity-scan/probity"
)

func rdsService() service {
	return service{name: "rds", id: "RDS",
		lists: []string{"aws_db_instance", "aws_rds_cluster", "aws_rds_cluster_instance", "aws_docdb_cluster", "aws_docdb_cluster_instance",
			"aws_neptune_cluster", "aws_neptune_cluster_instance", "aws_db_subnet_group", "aws_db_option_group", "aws_db_proxy",
			"aws_db_snapshot", "aws_db_cluster_snapshot", "aws_docdb_cluster_snapshot", "aws_neptune_cluster_snapshot",
			"aws_rds_global_cluster", "aws_docdb_global_cluster", "aws_neptune_global_cluster",
			"aws_db_instance_automated_backups_replication", "aws_rds_export_task"},
		calls: append(calls("DescribeDBInstances", "DescribeDBClusters", "DescribeGlobalClusters", "DescribeDBSubnetGroups",
			"DescribeOptionGroups", "DescribeDBParameters", "DescribeDBClusterParameters", "DescribeDBProxies",
			"DescribeDBProxyEndpoints", "DescribeDBSnapshots", "DescribeDBClusterSnapshots",
			"DescribeDBInstanceAutomatedBackups", "DescribeDBClusterAutomatedBackups", "DescribeExportTasks",
			"DescribeDBMajorEngineVersions", "DescribeDBEngineVersions"),
			apiece(calls("DescribeDBProxyTargets", "DescribeDBSnapshotAttributes", "DescribeDBClusterSnapshotAttributes",
				"ListTagsForResource")...)...),
		read: func(r *reader) { (&rdsReader{reader: r, api: rds.NewFromConfig(r.cfg)}).read() }}
}

// rdsReader reads databases of RDS, and those of DocumentDB and Neptune, which its API lists as well.
type rdsReader struct {
	*reader
	api *rds.Client

	instances []types.DBInstance
	clusters  []types.DBCluster
	replicaOf map[string]string   // the writing cluster of a global one, by the ARN of another member
	fronts    map[string][]string // endpoints of proxies, by the ARN of what stands behind them
	versions  *rdsVersions
	known     map[string]string // the own ID of a database, by what it is and its name: "db clinic"

	atInstances, atClusters, atProxies *probity.Origin
}

// read lists databases first: what stands beside them is read for those alone.
func (r *rdsReader) read() {
	together(r.listInstances, r.listClusters, r.globalClusters, r.proxies)
	r.versions = r.supportedVersions()
	r.known = map[string]string{}
	for _, c := range r.clusters {
		r.known["cluster "+value(c.DBClusterIdentifier)] = value(c.DbClusterResourceId)
		r.add(r.cluster(c))
	}
	for _, db := range r.instances {
		r.known["db "+value(db.DBInstanceIdentifier)] = value(db.DbiResourceId)
		r.add(r.instance(db))
	}
	together(r.parameterGroups, r.optionGroups, r.subnetGroups, r.snapshots, r.clusterSnapshots, r.automatedBackups, r.exports)
}

// together does several things side by side.
func together(all ...func()) {
	var wg sync.WaitGroup
	for _, do := range all {
		wg.Go(do)
	}
	wg.Wait()
}

func (r *rdsReader) listInstances() {
	for db, at := range list(r.reader, r.api.DescribeDBInstances, &rds.DescribeDBInstancesInput{},
		func(p *rds.DescribeDBInstancesOutput) []types.DBInstance { return p.DBInstances },
		"aws_db_instance", "aws_rds_cluster_instance", "aws_docdb_cluster_instance", "aws_neptune_cluster_instance") {
		r.instances, r.atInstances = append(r.instances, db), at
	}
}

// instance is a database of its own, or the part of a cluster.
func (r *rdsReader) instance(db types.DBInstance) Thing {
	t := Thing{Type: "aws_db_instance", ARN: value(db.DBInstanceArn), ID: value(db.DBInstanceIdentifier), At: r.atInstances,
		Created: db.InstanceCreateTime, Names: slices.Concat(rdsNames(db), r.fronts[value(db.DBInstanceArn)])}
	if db.DBClusterIdentifier != nil {
		of := rdsFamily(db.Engine)
		t.Type, t.Names = of+"_instance", nil
		t.Attrs = attrs{"cluster_identifier": to(of, db.DBClusterIdentifier), "publicly_accessible": db.PubliclyAccessible}
		return t
	}
	t.Attrs = attrs{
		"identifier":                          db.DBInstanceIdentifier,
		"engine":                              db.Engine,
		"engine_version":                      db.EngineVersion,
		"version_supported":                   r.versions.supported(db.Engine, db.EngineVersion),
		"storage_encrypted":                   db.StorageEncrypted,
		"storage_encryption_type":             string(db.StorageEncryptionType),
		"kms_key_id":                          keyOf(db.KmsKeyId),
		"backup_retention_period":             db.BackupRetentionPeriod,
		"multi_az":                            db.MultiAZ,
		"publicly_accessible":                 db.PubliclyAccessible,
		"deletion_protection":                 db.DeletionProtection,
		"enabled_cloudwatch_logs_exports":     db.EnabledCloudwatchLogsExports,
		"iam_database_authentication_enabled": db.IAMDatabaseAuthenticationEnabled,
		"auto_minor_version_upgrade":          db.AutoMinorVersionUpgrade,
		"copy_tags_to_snapshot":               db.CopyTagsToSnapshot,
		"performance_insights_enabled":        db.PerformanceInsightsEnabled,
		"performance_insights_kms_key_id":     keyOf(db.PerformanceInsightsKMSKeyId),
		"activity_stream_status":              string(db.ActivityStreamStatus),
		"activity_stream_kms_key_id":          keyOf(db.ActivityStreamKmsKeyId),
		"username":                            db.MasterUsername,
		"enable_http_endpoint":                false,
		"port":                                rdsPort(db),
		"ca_cert_identifier":                  db.CACertificateIdentifier,
		"ca_certificate_valid_till":           rdsValidTill(db.CertificateDetails),
		"vpc_security_group_ids":              rdsGuards(db.VpcSecurityGroups),
		"db_subnet_group_name":                nil,
		"parameter_group_name":                nil,
		"option_group_name":                   nil,
		"replicate_source_db":                 r.arnOf("db", db.ReadReplicaSourceDBInstanceIdentifier),
		"snapshot_identifier":                 nil,
		"restore_to_point_in_time":            nil,
		"tags":                                rdsTags(db.TagList),
	}
	if id := value(db.ReadReplicaSourceDBClusterIdentifier); id != "" {
		t.Attrs["replicate_source_db"] = r.arnOf("cluster", &id)
	}
	if g := db.DBSubnetGroup; g != nil {
		t.Attrs["db_subnet_group_name"] = to("aws_db_subnet_group", g.DBSubnetGroupName)
	}
	if g := db.DBParameterGroups; len(g) > 0 {
		t.Attrs["parameter_group_name"] = to("aws_db_parameter_group", g[0].DBParameterGroupName)
	}
	if g := db.OptionGroupMemberships; len(g) > 0 {
		t.Attrs["option_group_name"] = to("aws_db_option_group", g[0].OptionGroupName)
	}
	rdsPassword(t.Attrs, db.MasterUserSecret)
	return t
}

// rdsPassword tells where the master password is, as far as the API does.
func rdsPassword(a attrs, secret *types.MasterUserSecret) {
	onlyInCode(a)
	a["manage_master_user_password"], a["master_user_secret"] = secret != nil, nil
	if secret != nil {
		a["master_user_secret"] = attrs{"secret_arn": secret.SecretArn}
	}
}

// onlyInCode marks what code says of a database and no API tells.
func onlyInCode(a attrs) {
	for _, name := range []string{"password", "master_password", "password_wo", "master_password_wo", "admin_user_password", "admin_user_password_wo", "skip_final_snapshot", "delete_automated_backups"} {
		a[name] = onlyCode{}
	}
}

// rdsFamily is the type of the clusters that an engine makes.
func rdsFamily(engine *string) string {
	switch value(engine) {
	case "docdb":
		return "aws_docdb_cluster"
	case "neptune":
		return "aws_neptune_cluster"
	}
	return "aws_rds_cluster"
}

// rdsNames are how a server that is found by its address is known: endpoints are unique in the world.
func rdsNames(db types.DBInstance) []string {
	var out []string
	for _, e := range []*types.Endpoint{db.Endpoint, db.ListenerEndpoint} {
		if e != nil {
			out = append(out, endpoint(e.Address, value(e.Port))...)
		}
	}
	return out
}

// endpoint is a host, and the host with its port.
func endpoint(host *string, port int32) []string {
	name := strings.ToLower(strings.TrimSuffix(value(host), "."))
	switch {
	case name == "":
		return nil
	case port == 0:
		return []string{name}
	}
	return []string{name + ":" + strconv.Itoa(int(port)), name}
}

// rdsPort is that of the endpoint: one that is being made has none yet.
func rdsPort(db types.DBInstance) *int32 {
	if db.Endpoint != nil && db.Endpoint.Port != nil {
		return db.Endpoint.Port
	}
	if value(db.DbInstancePort) > 0 {
		return db.DbInstancePort
	}
	return nil
}

func rdsValidTill(c *types.CertificateDetails) any {
	if c == nil || c.ValidTill == nil {
		return nil
	}
	return c.ValidTill.UTC().Format(time.RFC3339)
}

func rdsGuards(in []types.VpcSecurityGroupMembership) []any {
	return each(in, func(g types.VpcSecurityGroupMembership) any { return to("aws_security_group", g.VpcSecurityGroupId) })
}

func rdsTags(in []types.Tag) map[string]string {
	return tags(in, func(t types.Tag) (*string, *string) { return t.Key, t.Value })
}

// arnOf is the ARN of what the API names by its ID where it is of this region, and by its ARN elsewhere.
func (r *rdsReader) arnOf(what string, id *string) any {
	switch name := value(id); {
	case name == "":
		return nil
	case strings.HasPrefix(name, "arn:"):
		return name
	default:
		return "arn:" + partition(r.region) + ":rds:" + r.region + ":" + r.account + ":" + what + ":" + name
	}
}
