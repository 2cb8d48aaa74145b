package cloudformation

import (
	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/iac/resource"
)

// stores are databases, tables and brokers of services that have one type or two.
func stores() []entry {
	return []entry{
		{Type: "AWS::RDS::DBProxy", As: "aws_db_proxy", Attributes: map[string]string{"DBProxyArn": "arn"}, Properties: properties{
			"DBProxyName": attr("name"), "RequireTLS": attr("require_tls"), "DebugLogging": attr("debug_logging"), "VpcSecurityGroupIds": attr("vpc_security_group_ids"),
			"Auth": block("auth", properties{"IAMAuth": attr("iam_auth")}), "Tags": tags,
		}},
		{Type: "AWS::RDS::GlobalCluster", As: "aws_rds_global_cluster", Properties: properties{
			"GlobalClusterIdentifier": attr("global_cluster_identifier"), "Engine": attr("engine"), "StorageEncrypted": attr("storage_encrypted"),
			"DeletionProtection": attr("deletion_protection"), "SourceDBClusterIdentifier": attr("source_db_cluster_identifier"),
		}},
		{Type: "AWS::Cassandra::Table", As: "aws_keyspaces_table", Properties: properties{
			"KeyspaceName": attr("keyspace_name"), "TableName": attr("table_name"), "DefaultTimeToLive": attr("default_time_to_live"), "Tags": tags,
			"EncryptionSpecification":    block("encryption_specification", properties{"EncryptionType": attr("type"), "KmsKeyIdentifier": attr("kms_key_identifier")}),
			"PointInTimeRecoveryEnabled": enabledStatus,
		}},
		{Type: "AWS::Timestream::Database", As: "aws_timestreamwrite_database", Properties: properties{
			"DatabaseName": attr("database_name"), "KmsKeyId": attr("kms_key_id"), "Tags": tags,
		}},
		{Type: "AWS::Timestream::Table", As: "aws_timestreamwrite_table", Properties: properties{
			"DatabaseName": attr("database_name"), "TableName": attr("table_name"), "Tags": tags,
			"RetentionProperties": block("retention_properties", properties{"MagneticStoreRetentionPeriodInDays": attr("magnetic_store_retention_period_in_days")}),
		}},
		{Type: "AWS::Timestream::InfluxDBInstance", As: "aws_timestreaminfluxdb_db_instance", Properties: properties{
			"Name": attr("name"), "PubliclyAccessible": attr("publicly_accessible"), "VpcSecurityGroupIds": attr("vpc_security_group_ids"),
			"DeploymentType": attr("deployment_type"), "Password": attr("password"), "Port": attr("port"), "Tags": tags,
		}},
		{Type: "AWS::AmazonMQ::Broker", As: "aws_mq_broker", Properties: properties{
			"BrokerName": attr("broker_name"), "EngineType": attr("engine_type"), "EngineVersion": attr("engine_version"),
			"PubliclyAccessible": attr("publicly_accessible"), "SecurityGroups": attr("security_groups"), "SubnetIds": attr("subnet_ids"), "DeploymentMode": attr("deployment_mode"),
			"AutoMinorVersionUpgrade": attr("auto_minor_version_upgrade"),
			"EncryptionOptions":       block("encryption_options", properties{"UseAwsOwnedKey": attr("use_aws_owned_key"), "KmsKeyId": attr("kms_key_id")}),
			"Users":                   block("user", properties{"Username": attr("username"), "Password": attr("password")}),
			"Logs":                    block("logs", properties{"Audit": attr("audit"), "General": attr("general")}),
			"Tags":                    tags,
		}},
		{Type: "AWS::Lightsail::Database", As: "aws_lightsail_database", Properties: properties{
			"RelationalDatabaseName": attr("relational_database_name"), "MasterUserPassword": attr("master_password"),
			"PubliclyAccessible": attr("publicly_accessible"), "BackupRetention": attr("backup_retention_enabled"), "Tags": tags,
		}},
		{Type: "AWS::DSQL::Cluster", As: "aws_dsql_cluster", Properties: properties{
			"DeletionProtectionEnabled": attr("deletion_protection_enabled"), "KmsEncryptionKey": attr("kms_encryption_key"), "Tags": tags,
		}, After: func(t *translation) {
			t.unless("deletion_protection_enabled", unknown(probity.Computed, "the service decides whether it is protected from deletion"))
		}},
	}
}

// enabledStatus is a switch that Terraform spells as a block with a status.
func enabledStatus(t *translation, v resource.Value) {
	if on, ok := v.Bool(probity.Fact[bool]{}).Get(); ok {
		if v.Data = "DISABLED"; on {
			v.Data = "ENABLED"
		}
	}
	inside(t, "point_in_time_recovery", "status", v)
}
