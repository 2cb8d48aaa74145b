package cloudformation

func elastiCache() []entry {
	node := func() properties {
		return properties{
			"Engine": attr("engine"), "EngineVersion": attr("engine_version"), "Port": attr("port"),
			"TransitEncryptionEnabled": attr("transit_encryption_enabled"), "SnapshotRetentionLimit": attr("snapshot_retention_limit"),
			"AutoMinorVersionUpgrade":   attr("auto_minor_version_upgrade"),
			"LogDeliveryConfigurations": block("log_delivery_configuration", properties{"LogType": attr("log_type")}),
			"Tags":                      tags,
		}
	}
	return []entry{
		{Type: "AWS::ElastiCache::ReplicationGroup", As: "aws_elasticache_replication_group", Properties: with(node(), properties{
			"ReplicationGroupId": attr("replication_group_id"), "GlobalReplicationGroupId": attr("global_replication_group_id"),
			"AtRestEncryptionEnabled": attr("at_rest_encryption_enabled"), "KmsKeyId": attr("kms_key_id"),
			"TransitEncryptionMode": attr("transit_encryption_mode"), "AuthToken": attr("auth_token"), "UserGroupIds": attr("user_group_ids"),
			"SecurityGroupIds": attr("security_group_ids"), "MultiAZEnabled": attr("multi_az_enabled"),
		})},
		{Type: "AWS::ElastiCache::CacheCluster", As: "aws_elasticache_cluster", Properties: with(node(), properties{
			"ClusterName": attr("cluster_id"), "VpcSecurityGroupIds": attr("security_group_ids"), "AZMode": attr("az_mode"),
		})},
		{Type: "AWS::ElastiCache::ServerlessCache", As: "aws_elasticache_serverless_cache", Properties: properties{
			"ServerlessCacheName": attr("name"), "Engine": attr("engine"), "MajorEngineVersion": attr("major_engine_version"), "KmsKeyId": attr("kms_key_id"),
			"SecurityGroupIds": attr("security_group_ids"), "SnapshotRetentionLimit": attr("snapshot_retention_limit"), "UserGroupId": attr("user_group_id"), "Tags": tags,
		}},
		{Type: "AWS::ElastiCache::User", As: "aws_elasticache_user", Properties: properties{
			"UserId": attr("user_id"), "UserName": attr("user_name"), "AccessString": attr("access_string"), "NoPasswordRequired": attr("no_password_required"),
			"AuthenticationMode": block("authentication_mode", properties{"Type": attr("type")}),
		}},
		{Type: "AWS::ElastiCache::UserGroup", As: "aws_elasticache_user_group", Properties: properties{"UserGroupId": attr("user_group_id"), "UserIds": attr("user_ids")}},
		{Type: "AWS::MemoryDB::Cluster", As: "aws_memorydb_cluster", Properties: properties{
			"ClusterName": attr("name"), "ACLName": attr("acl_name"), "TLSEnabled": attr("tls_enabled"), "KmsKeyId": attr("kms_key_arn"),
			"SecurityGroupIds": attr("security_group_ids"), "SnapshotRetentionLimit": attr("snapshot_retention_limit"), "SnapshotName": attr("snapshot_name"),
			"MultiRegionClusterName": attr("multi_region_cluster_name"), "Engine": attr("engine"), "EngineVersion": attr("engine_version"),
			"AutoMinorVersionUpgrade": attr("auto_minor_version_upgrade"), "Port": attr("port"), "Tags": tags,
		}},
		{Type: "AWS::MemoryDB::ACL", As: "aws_memorydb_acl", Properties: properties{"ACLName": attr("name")}},
		{Type: "AWS::DAX::Cluster", As: "aws_dax_cluster", Properties: properties{
			"ClusterName": attr("cluster_name"), "SSESpecification": block("server_side_encryption", properties{"SSEEnabled": attr("enabled")}),
			"ClusterEndpointEncryptionType": attr("cluster_endpoint_encryption_type"), "SecurityGroupIds": attr("security_group_ids"),
		}},
	}
}
