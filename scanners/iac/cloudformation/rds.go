package cloudformation

import (
	"maps"
	"slices"

	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/iac/resource"
)

const (
	dbInstance        = "aws_db_instance"
	dbCluster         = "aws_rds_cluster"
	dbClusterInstance = "aws_rds_cluster_instance"
)

func rds() []entry {
	return []entry{
		{Type: "AWS::RDS::DBInstance", As: dbInstance, After: instance, Attributes: map[string]string{"DBInstanceArn": "arn"},
			Properties: with(database(), properties{
				"DBInstanceIdentifier":                attr("identifier"),
				"DBClusterIdentifier":                 attr("cluster_identifier"),
				"MasterUsername":                      attr("username"),
				"MasterUserPassword":                  attr("password"),
				"DBParameterGroupName":                attr("parameter_group_name"),
				"DBSubnetGroupName":                   attr("db_subnet_group_name"),
				"OptionGroupName":                     attr("option_group_name"),
				"CACertificateIdentifier":             attr("ca_cert_identifier"),
				"VPCSecurityGroups":                   attr("vpc_security_group_ids"),
				"EnablePerformanceInsights":           attr("performance_insights_enabled"),
				"MultiAZ":                             attr("multi_az"),
				"DBSnapshotIdentifier":                attr("snapshot_identifier"),
				"DBClusterSnapshotIdentifier":         attr("snapshot_identifier"),
				"SourceDBInstanceIdentifier":          source,
				"SourceDBClusterIdentifier":           attr("replicate_source_db"),
				"SourceDbiResourceId":                 restore("source_dbi_resource_id"),
				"SourceDBInstanceAutomatedBackupsArn": restore("source_db_instance_automated_backups_arn"),
			})},
		{Type: "AWS::RDS::DBCluster", As: dbCluster, Attributes: map[string]string{"DBClusterArn": "arn"},
			Defaults: []preset{
				{Attr: "backup_retention_period", Value: 1.0, Says: "CloudFormation keeps backups of an RDS cluster for 1 day"},
			},
			Properties: with(database(), properties{
				"DBClusterIdentifier":         attr("cluster_identifier"),
				"MasterUsername":              attr("master_username"),
				"MasterUserPassword":          attr("master_password"),
				"DBClusterParameterGroupName": attr("db_cluster_parameter_group_name"),
				"DBSubnetGroupName":           attr("db_subnet_group_name"),
				"DBClusterInstanceClass":      attr("db_cluster_instance_class"),
				"VpcSecurityGroupIds":         attr("vpc_security_group_ids"),
				"EngineMode":                  attr("engine_mode"),
				"PerformanceInsightsEnabled":  attr("performance_insights_enabled"),
				"SnapshotIdentifier":          attr("snapshot_identifier"),
				"ReplicationSourceIdentifier": attr("replication_source_identifier"),
				"GlobalClusterIdentifier":     attr("global_cluster_identifier"),
				"SourceDBClusterIdentifier":   restore("source_cluster_identifier"),
				"SourceDbClusterResourceId":   restore("source_cluster_resource_id"),
			}), After: func(t *translation) {
				t.finalSnapshot()
				if t.main.Get("db_cluster_instance_class").Set() { // only a Multi-AZ cluster has an address of its own
					t.address()
				}
			}},
		{Type: "AWS::RDS::DBSubnetGroup", As: "aws_db_subnet_group", Ref: "name", Properties: properties{"DBSubnetGroupName": attr("name"), "SubnetIds": attr("subnet_ids")}},
		{Type: "AWS::RDS::OptionGroup", As: "aws_db_option_group", Properties: properties{"OptionGroupName": attr("name"),
			"OptionConfigurations": block("option", properties{"OptionName": attr("option_name")})}},
		{Type: "AWS::RDS::DBParameterGroup", As: "aws_db_parameter_group",
			Properties: properties{"DBParameterGroupName": attr("name"), "Parameters": parameters}},
		{Type: "AWS::RDS::DBClusterParameterGroup", As: "aws_rds_cluster_parameter_group",
			Properties: properties{"DBClusterParameterGroupName": attr("name"), "Parameters": parameters}},
	}
}

// database are the properties that instances and clusters spell alike.
func database() properties {
	return properties{
		"Engine":                          attr("engine"),
		"EngineVersion":                   attr("engine_version"),
		"StorageEncrypted":                attr("storage_encrypted"),
		"DeleteAutomatedBackups":          attr("delete_automated_backups"),
		"PerformanceInsightsKMSKeyId":     attr("performance_insights_kms_key_id"),
		"PerformanceInsightsKmsKeyId":     attr("performance_insights_kms_key_id"),
		"EnableHttpEndpoint":              attr("enable_http_endpoint"),
		"KmsKeyId":                        attr("kms_key_id"),
		"BackupRetentionPeriod":           attr("backup_retention_period"),
		"DeletionProtection":              attr("deletion_protection"),
		"EnableCloudwatchLogsExports":     attr("enabled_cloudwatch_logs_exports"),
		"EnableIAMDatabaseAuthentication": attr("iam_database_authentication_enabled"),
		"ManageMasterUserPassword":        attr("manage_master_user_password"),
		"AutoMinorVersionUpgrade":         attr("auto_minor_version_upgrade"),
		"CopyTagsToSnapshot":              attr("copy_tags_to_snapshot"),
		"PubliclyAccessible":              attr("publicly_accessible"),
		"DBSubnetGroupName":               attr("db_subnet_group_name"),
		"Port":                            attr("port"),
		"Tags":                            tags,
	}
}

func with(a, b properties) properties {
	maps.Copy(a, b)
	return a
}

// source is what an instance replicates; with the time to restore it is what it is restored from.
func source(t *translation, v resource.Value) {
	if t.of.Get("RestoreTime").Set() || t.of.Get("UseLatestRestorableTime").Set() {
		restore("source_db_instance_identifier")(t, v)
		return
	}
	t.out.Attrs["replicate_source_db"] = v
}

func restore(attr string) property {
	return func(t *translation, v resource.Value) { inside(t, "restore_to_point_in_time", attr, v) }
}

// instance: one of a cluster is another resource for Terraform, and has backups, key and snapshots of the cluster.
func instance(t *translation) {
	t.address()
	switch cluster := t.main.Get("cluster_identifier"); {
	case cluster.Set():
		t.main.Type = dbClusterInstance
		return
	case t.main.Get("replicate_source_db").Set():
		t.unless("backup_retention_period", unknown(probity.Computed, "whether a replica has backups is not in the template"))
	default:
		preset{Attr: "backup_retention_period", Value: 1.0, Says: "CloudFormation keeps backups of an RDS instance for 1 day",
			Unless: []string{"snapshot_identifier", "restore_to_point_in_time"}}.fill(t)
	}
	t.finalSnapshot()
}

// address: without the property, a database has a public address if its VPC has a gateway (RDS API, CreateDBInstance).
func (t *translation) address() {
	t.unless("publicly_accessible", unknown(probity.Computed, "whether it has a public address depends on its subnets"))
}

// finalSnapshot is what the deletion policy means for a database of RDS.
func (t *translation) finalSnapshot() {
	t.deletion(false, "CloudFormation takes a snapshot of an RDS database that it deletes")
}

// noFinalSnapshot is what it means for other stores.
func (t *translation) noFinalSnapshot() {
	t.deletion(true, "CloudFormation deletes without a snapshot unless told")
}

// deletion tells whether a store is deleted without a snapshot (CloudFormation, DeletionPolicy attribute); without a policy,
// what CloudFormation does by itself.
func (t *translation) deletion(skips bool, says string) {
	v := t.of.Deletion
	switch {
	case !v.Set():
		v = resource.Value{Data: skips, At: &probity.Origin{Default: says}}
	case v.Gap() == nil:
		v.Data = v.String() == "Delete"
	}
	t.main.Attrs["skip_final_snapshot"] = v
}

// parameters are an object of names and values.
func parameters(t *translation, v resource.Value) {
	b, ok := v.Data.(*resource.Block)
	if !ok {
		t.out.Attrs["parameter"] = v
		return
	}
	list := resource.List{Rest: b.Rest}
	for _, name := range slices.Sorted(maps.Keys(b.Attrs)) {
		p := &resource.Block{At: b.Attrs[name].At, Attrs: map[string]resource.Value{"name": {Data: name, At: b.Attrs[name].At}, "value": b.Attrs[name]}}
		list.Items = append(list.Items, resource.Value{Data: p, At: p.At})
	}
	t.out.Attrs["parameter"] = resource.Value{Data: list, At: v.At}
}
