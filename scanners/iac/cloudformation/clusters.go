package cloudformation

// clusters are those that are made as Aurora's are: DocumentDB and Neptune.
func clusters() []entry {
	cluster := func() properties {
		return properties{
			"DBClusterIdentifier": attr("cluster_identifier"), "StorageEncrypted": attr("storage_encrypted"), "EngineVersion": attr("engine_version"),
			"BackupRetentionPeriod": attr("backup_retention_period"), "DeletionProtection": attr("deletion_protection"),
			"VpcSecurityGroupIds": attr("vpc_security_group_ids"), "SnapshotIdentifier": attr("snapshot_identifier"), "Tags": tags,
		}
	}
	return []entry{
		{Type: "AWS::DocDB::DBCluster", As: "aws_docdb_cluster", After: (*translation).noFinalSnapshot, Properties: with(cluster(), properties{
			"KmsKeyId": attr("kms_key_id"), "EnableCloudwatchLogsExports": attr("enabled_cloudwatch_logs_exports"), "MasterUserPassword": attr("master_password"),
			"ManageMasterUserPassword": attr("manage_master_user_password"), "DBClusterParameterGroupName": attr("db_cluster_parameter_group_name"),
			"SourceDBClusterIdentifier": restore("source_cluster_identifier"), "GlobalClusterIdentifier": attr("global_cluster_identifier"), "Port": attr("port"),
		})},
		{Type: "AWS::DocDB::DBInstance", As: "aws_docdb_cluster_instance", Properties: properties{"DBClusterIdentifier": attr("cluster_identifier")}},
		{Type: "AWS::DocDB::DBClusterParameterGroup", As: "aws_docdb_cluster_parameter_group", Properties: properties{
			"Name": attr("name"), "Family": attr("family"), "Parameters": parameters}},
		{Type: "AWS::DocDBElastic::Cluster", As: "aws_docdbelastic_cluster", Properties: properties{
			"ClusterName": attr("name"), "KmsKeyId": attr("kms_key_id"), "AdminUserPassword": attr("admin_user_password"),
			"VpcSecurityGroupIds": attr("vpc_security_group_ids"), "BackupRetentionPeriod": attr("backup_retention_period"), "Tags": tags,
		}},
		{Type: "AWS::Neptune::DBCluster", As: "aws_neptune_cluster", After: (*translation).noFinalSnapshot, Properties: with(cluster(), properties{
			"KmsKeyId": attr("kms_key_arn"), "EnableCloudwatchLogsExports": attr("enable_cloudwatch_logs_exports"), "IamAuthEnabled": attr("iam_database_authentication_enabled"),
			"DBClusterParameterGroupName": attr("neptune_cluster_parameter_group_name"), "CopyTagsToSnapshot": attr("copy_tags_to_snapshot"),
			"SourceDBClusterIdentifier": attr("replication_source_identifier"), "DBPort": attr("port"),
		})},
		{Type: "AWS::Neptune::DBInstance", As: "aws_neptune_cluster_instance", Properties: properties{
			"DBClusterIdentifier": attr("cluster_identifier"), "PubliclyAccessible": attr("publicly_accessible")}},
		{Type: "AWS::Neptune::DBClusterParameterGroup", As: "aws_neptune_cluster_parameter_group", Properties: properties{
			"Name": attr("name"), "Family": attr("family"), "Parameters": parameters}},
		{Type: "AWS::NeptuneGraph::Graph", As: "aws_neptunegraph_graph", Properties: properties{
			"GraphName": attr("graph_name"), "PublicConnectivity": attr("public_connectivity"), "DeletionProtection": attr("deletion_protection"),
			"KmsKeyIdentifier": attr("kms_key_identifier"), "Tags": tags,
		}},
	}
}
