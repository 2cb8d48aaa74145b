package aws

import (
	"slices"

	"github.com/aws/aws-sdk-go-v2/service/rds"
	"github.com/aws/aws-sdk-go-v2/service/rds/types"
)

func (r *rdsReader) listClusters() {
	for c, at := range list(r.reader, r.api.DescribeDBClusters, &rds.DescribeDBClustersInput{},
		func(p *rds.DescribeDBClustersOutput) []types.DBCluster { return p.DBClusters },
		"aws_rds_cluster", "aws_docdb_cluster", "aws_neptune_cluster") {
		r.clusters, r.atClusters = append(r.clusters, c), at
	}
}

// cluster is one of Aurora or RDS, of DocumentDB or of Neptune. It answers at its own endpoints and at those of its instances.
func (r *rdsReader) cluster(c types.DBCluster) Thing {
	names := slices.Concat(endpoint(c.Endpoint, value(c.Port)), endpoint(c.ReaderEndpoint, value(c.Port)), r.fronts[value(c.DBClusterArn)])
	for i := range c.CustomEndpoints {
		names = append(names, endpoint(&c.CustomEndpoints[i], value(c.Port))...)
	}
	members := r.membersOf(c)
	for _, db := range members {
		names = append(names, rdsNames(db)...)
	}
	authority, till := r.authority(c, members)
	t := Thing{Type: rdsFamily(c.Engine), ARN: value(c.DBClusterArn), ID: value(c.DBClusterIdentifier), Created: c.ClusterCreateTime, At: r.atClusters, Names: names}
	t.Attrs = attrs{
		"cluster_identifier":                  c.DBClusterIdentifier,
		"engine":                              c.Engine,
		"engine_version":                      c.EngineVersion,
		"version_supported":                   r.versions.supported(c.Engine, c.EngineVersion),
		"storage_encrypted":                   c.StorageEncrypted,
		"storage_encryption_type":             string(c.StorageEncryptionType),
		"backup_retention_period":             c.BackupRetentionPeriod,
		"db_cluster_instance_class":           c.DBClusterInstanceClass,
		"publicly_accessible":                 c.PubliclyAccessible,
		"deletion_protection":                 c.DeletionProtection,
		"iam_database_authentication_enabled": c.IAMDatabaseAuthenticationEnabled,
		"auto_minor_version_upgrade":          allOf(c, members, c.AutoMinorVersionUpgrade, func(db types.DBInstance) *bool { return db.AutoMinorVersionUpgrade }),
		"copy_tags_to_snapshot":               c.CopyTagsToSnapshot,
		"performance_insights_enabled":        allOf(c, members, c.PerformanceInsightsEnabled, func(db types.DBInstance) *bool { return db.PerformanceInsightsEnabled }),
		"performance_insights_kms_key_id":     insightsKey(c, members),
		"activity_stream_status":              string(c.ActivityStreamStatus),
		"activity_stream_kms_key_id":          keyOf(c.ActivityStreamKmsKeyId),
		"master_username":                     c.MasterUsername,
		"enable_http_endpoint":                c.HttpEndpointEnabled,
		"port":                                c.Port,
		"ca_certificate_identifier":           authority,
		"ca_certificate_valid_till":           till,
		"vpc_security_group_ids":              rdsGuards(c.VpcSecurityGroups),
		"db_subnet_group_name":                to("aws_db_subnet_group", c.DBSubnetGroup),
		"replication_source_identifier":       r.source(c),
		"snapshot_identifier":                 nil,
		"restore_to_point_in_time":            nil,
		"tags":                                rdsTags(c.TagList),
	}
	exports, key, group, of := "enabled_cloudwatch_logs_exports", "kms_key_id", "db_cluster_parameter_group_name", "aws_rds_cluster_parameter_group"
	switch t.Type {
	case "aws_docdb_cluster":
		of = "aws_docdb_cluster_parameter_group"
	case "aws_neptune_cluster":
		exports, key, group, of = "enable_cloudwatch_logs_exports", "kms_key_arn", "neptune_cluster_parameter_group_name", "aws_neptune_cluster_parameter_group"
	}
	t.Attrs[exports], t.Attrs[key], t.Attrs[group] = c.EnabledCloudwatchLogsExports, keyOf(c.KmsKeyId), to(of, c.DBClusterParameterGroup)
	rdsPassword(t.Attrs, c.MasterUserSecret)
	return t
}

func (r *rdsReader) membersOf(c types.DBCluster) []types.DBInstance {
	var out []types.DBInstance
	for _, db := range r.instances {
		if db.DBClusterIdentifier != nil && *db.DBClusterIdentifier == value(c.DBClusterIdentifier) {
			out = append(out, db)
		}
	}
	return out
}

// source is the cluster that this one is a replica of, by itself or as a member of a global one.
func (r *rdsReader) source(c types.DBCluster) any {
	if writer := r.replicaOf[value(c.DBClusterArn)]; writer != "" {
		return writer
	}
	return r.arnOf("cluster", c.ReplicationSourceIdentifier)
}

// authority is that of the certificate which ends first: a cluster is as current as the oldest of its instances'. Those of
// Aurora have certificates of their own, a Multi-AZ cluster has one.
func (r *rdsReader) authority(c types.DBCluster, members []types.DBInstance) (name, till any) {
	first := c.CertificateDetails
	for _, db := range members {
		d := db.CertificateDetails
		if d == nil && db.CACertificateIdentifier != nil {
			d = &types.CertificateDetails{CAIdentifier: db.CACertificateIdentifier}
		}
		if first == nil || d != nil && d.ValidTill != nil && (first.ValidTill == nil || d.ValidTill.Before(*first.ValidTill)) {
			first = d
		}
	}
	if gap := r.lost("aws_db_instance"); gap != nil && c.CertificateDetails == nil {
		return unread{*gap}, unread{*gap}
	}
	if first == nil {
		return nil, nil
	}
	return first.CAIdentifier, rdsValidTill(first)
}

// allOf is a switch that each instance of Aurora has of its own: on, where it is on for all of them.
func allOf(c types.DBCluster, members []types.DBInstance, own *bool, of func(types.DBInstance) *bool) *bool {
	if c.DBClusterInstanceClass != nil || len(members) == 0 {
		return own
	}
	for _, db := range members {
		if on := of(db); !value(on) {
			return on
		}
	}
	return of(members[0])
}

// insightsKey is the key of Performance Insights: of the first instance that has it on, where the cluster has none of its own.
func insightsKey(c types.DBCluster, members []types.DBInstance) any {
	if c.PerformanceInsightsKMSKeyId != nil {
		return keyOf(c.PerformanceInsightsKMSKeyId)
	}
	for _, db := range members {
		if value(db.PerformanceInsightsEnabled) {
			return keyOf(db.PerformanceInsightsKMSKeyId)
		}
	}
	return nil
}
