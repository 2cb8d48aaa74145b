package cloudformation

import (
	probity "github.com/probity-scan/probity"
)

// analytics are what questions data, works on it or moves it.
func analytics() []entry {
	secured := func(as, name, by string) entry {
		return entry{As: as, Ref: "name", Properties: properties{"Name": attr("name"), name: attr("name"), by: attr("security_configuration"), "DefaultArguments": attr("default_arguments"), "Tags": tags}}
	}
	job, crawler, endpoint := secured("aws_glue_job", "JobName", "SecurityConfiguration"), secured("aws_glue_crawler", "CrawlerName", "CrawlerSecurityConfiguration"),
		secured("aws_glue_dev_endpoint", "EndpointName", "SecurityConfiguration")
	job.Type, crawler.Type, endpoint.Type = "AWS::Glue::Job", "AWS::Glue::Crawler", "AWS::Glue::DevEndpoint"
	return []entry{job, crawler, endpoint,
		{Type: "AWS::Athena::WorkGroup", As: "aws_athena_workgroup", Ref: "name", Properties: properties{
			"Name": attr("name"), "Tags": tags, "WorkGroupConfiguration": block("configuration", queryGroup()),
		}, After: func(t *translation) {
			if set := t.main.Get("configuration"); !set.Set() {
				t.main.Attrs["configuration"] = unknown(probity.Computed, "Athena decides what holds where nothing is said")
			} else if b := asBlock(set); !b.Get("enforce_workgroup_configuration").Set() {
				b.Attrs["enforce_workgroup_configuration"] = unknown(probity.Computed, "Athena decides whether clients may choose otherwise")
			}
		}},
		{Type: "AWS::Glue::DataCatalogEncryptionSettings", As: "aws_glue_data_catalog_encryption_settings", Properties: properties{
			"DataCatalogEncryptionSettings": block("data_catalog_encryption_settings", properties{
				"EncryptionAtRest": block("encryption_at_rest", properties{"CatalogEncryptionMode": attr("catalog_encryption_mode"), "SseAwsKmsKeyId": attr("sse_aws_kms_key_id")}),
				"ConnectionPasswordEncryption": block("connection_password_encryption", properties{
					"ReturnConnectionPasswordEncrypted": attr("return_connection_password_encrypted"), "KmsKeyId": attr("aws_kms_key_id")}),
			}),
		}},
		{Type: "AWS::Glue::Connection", As: "aws_glue_connection", Ref: "name", Properties: properties{
			"ConnectionInput": flat(properties{"Name": attr("name"), "ConnectionType": attr("connection_type"), "ConnectionProperties": attr("connection_properties")}),
		}},
		{Type: "AWS::Glue::SecurityConfiguration", As: "aws_glue_security_configuration", Ref: "name", Properties: properties{
			"Name": attr("name"), "EncryptionConfiguration": block("encryption_configuration", properties{
				"S3Encryptions":          block("s3_encryption", properties{"S3EncryptionMode": attr("s3_encryption_mode"), "KmsKeyArn": attr("kms_key_arn")}),
				"CloudWatchEncryption":   block("cloudwatch_encryption", properties{"CloudWatchEncryptionMode": attr("cloudwatch_encryption_mode")}),
				"JobBookmarksEncryption": block("job_bookmarks_encryption", properties{"JobBookmarksEncryptionMode": attr("job_bookmarks_encryption_mode")}),
			}),
		}},
		{Type: "AWS::EMR::Cluster", As: "aws_emr_cluster", Properties: properties{"Name": attr("name"), "SecurityConfiguration": attr("security_configuration"), "Tags": tags}},
		{Type: "AWS::EMR::SecurityConfiguration", As: "aws_emr_security_configuration", Ref: "name", Properties: properties{
			"Name": attr("name"), "SecurityConfiguration": document("configuration")}},
		{Type: "AWS::DMS::ReplicationInstance", As: "aws_dms_replication_instance", Properties: properties{
			"ReplicationInstanceIdentifier": attr("replication_instance_id"), "KmsKeyId": attr("kms_key_arn"), "PubliclyAccessible": attr("publicly_accessible"),
			"ReplicationSubnetGroupIdentifier": attr("replication_subnet_group_id"),
			"VpcSecurityGroupIds":              attr("vpc_security_group_ids"), "MultiAZ": attr("multi_az"), "Tags": tags,
		}, Defaults: []preset{{Attr: "publicly_accessible", Value: true, Says: "DMS gives a replication instance a public address unless told (CreateReplicationInstance)"}}},
		{Type: "AWS::DMS::Endpoint", As: "aws_dms_endpoint", Properties: properties{
			"EndpointIdentifier": attr("endpoint_id"), "EngineName": attr("engine_name"), "SslMode": attr("ssl_mode"), "Password": attr("password"), "Tags": tags,
			"RedisSettings": block("redis_settings", properties{"SslSecurityProtocol": attr("ssl_security_protocol")}),
			"KafkaSettings": block("kafka_settings", properties{"SecurityProtocol": attr("security_protocol")}),
		}},
		{Type: "AWS::SageMaker::NotebookInstance", As: "aws_sagemaker_notebook_instance", Properties: properties{
			"NotebookInstanceName": attr("name"), "KmsKeyId": attr("kms_key_id"), "DirectInternetAccess": attr("direct_internet_access"),
			"RootAccess": attr("root_access"), "SecurityGroupIds": attr("security_groups"), "Tags": tags,
		}},
		{Type: "AWS::SageMaker::FeatureGroup", As: "aws_sagemaker_feature_group", Ref: "feature_group_name", Properties: properties{
			"FeatureGroupName": attr("feature_group_name"), "Tags": tags,
			"OnlineStoreConfig":  block("online_store_config", properties{"SecurityConfig": block("security_config", properties{"KmsKeyId": attr("kms_key_id")})}),
			"OfflineStoreConfig": block("offline_store_config", properties{"S3StorageConfig": block("s3_storage_config", properties{"S3Uri": attr("s3_uri"), "KmsKeyId": attr("kms_key_id")})}),
		}},
	}
}

func queryGroup() properties {
	return properties{
		"EnforceWorkGroupConfiguration": attr("enforce_workgroup_configuration"),
		"ResultConfiguration": block("result_configuration", properties{
			"OutputLocation":          attr("output_location"),
			"EncryptionConfiguration": block("encryption_configuration", properties{"EncryptionOption": attr("encryption_option"), "KmsKey": attr("kms_key_arn")}),
		}),
	}
}
