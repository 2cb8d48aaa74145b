package cloudformation

import "github.com/probity-scan/probity/scanners/iac/resource"

func messages() []entry {
	return []entry{
		{Type: "AWS::SQS::Queue", As: "aws_sqs_queue", Attributes: map[string]string{"QueueName": "name", "QueueUrl": "url"}, Properties: properties{
			"QueueName": attr("name"), "KmsMasterKeyId": attr("kms_master_key_id"), "SqsManagedSseEnabled": attr("sqs_managed_sse_enabled"),
			"MessageRetentionPeriod": attr("message_retention_seconds"), "RedrivePolicy": document("redrive_policy"), "FifoQueue": attr("fifo_queue"), "Tags": tags,
		}},
		{Type: "AWS::SQS::QueuePolicy", As: "aws_sqs_queue_policy", Properties: properties{"Queues": owners("queue_url"), "PolicyDocument": document("policy")}, After: sharing("policy")},
		{Type: "AWS::SNS::Topic", As: "aws_sns_topic", Attributes: map[string]string{"TopicName": "name", "TopicArn": "arn"}, Properties: properties{
			"TopicName": attr("name"), "KmsMasterKeyId": attr("kms_master_key_id"), "Tags": tags,
			"Subscription": each("aws_sns_topic_subscription", "topic_arn", subscription()),
		}},
		{Type: "AWS::SNS::TopicPolicy", As: "aws_sns_topic_policy", Properties: properties{"Topics": owners("arn"), "PolicyDocument": document("policy")}, After: sharing("policy")},
		{Type: "AWS::SNS::Subscription", As: "aws_sns_topic_subscription", Properties: properties{
			"TopicArn": attr("topic_arn"), "Protocol": attr("protocol"), "Endpoint": attr("endpoint"),
		}},
		{Type: "AWS::Kinesis::Stream", As: "aws_kinesis_stream", Properties: properties{
			"Name": attr("name"), "RetentionPeriodHours": attr("retention_period"), "Tags": tags,
			"StreamEncryption": flat(properties{"EncryptionType": attr("encryption_type"), "KeyId": attr("kms_key_id")}),
		}},
		{Type: "AWS::Kinesis::ResourcePolicy", As: "aws_kinesis_resource_policy", Properties: properties{"ResourceArn": attr("resource_arn"), "ResourcePolicy": document("policy")}},
		{Type: "AWS::KinesisVideo::Stream", As: "aws_kinesis_video_stream", Properties: properties{
			"Name": attr("name"), "KmsKeyId": attr("kms_key_id"), "DataRetentionInHours": attr("data_retention_in_hours"), "Tags": tags,
		}},
		firehoseEntry(),
		{Type: "AWS::MSK::Cluster", As: "aws_msk_cluster", Properties: kafka()},
		{Type: "AWS::MSK::ServerlessCluster", As: "aws_msk_serverless_cluster", Properties: properties{
			"ClusterName": attr("cluster_name"), "VpcConfigs": block("vpc_config", properties{"SecurityGroups": attr("security_group_ids")}),
		}},
		{Type: "AWS::MSK::ClusterPolicy", As: "aws_msk_cluster_policy", Properties: properties{"ClusterArn": attr("cluster_arn"), "Policy": document("policy")}},
		{Type: "AWS::Events::EventBus", As: "aws_cloudwatch_event_bus", Attributes: map[string]string{"Name": "name"}, Properties: properties{
			"Name": attr("name"), "KmsKeyIdentifier": attr("kms_key_identifier"), "Policy": document("policy"), "Tags": tags,
		}},
		{Type: "AWS::Events::Archive", As: "aws_cloudwatch_event_archive", Properties: properties{
			"ArchiveName": attr("name"), "SourceArn": attr("event_source_arn"), "RetentionDays": attr("retention_days"), "KmsKeyIdentifier": attr("kms_key_identifier"),
		}},
		{Type: "AWS::Events::EventBusPolicy", As: "aws_cloudwatch_event_bus_policy", Properties: properties{
			"EventBusName": attr("event_bus_name"), "Statement": statement,
		}},
	}
}

func subscription() properties {
	return properties{"Protocol": attr("protocol"), "Endpoint": attr("endpoint")}
}

// firehoseEntry: the destination follows from which of its blocks is there.
func firehoseEntry() entry {
	encryption := properties{"KMSEncryptionConfig": flat(properties{"AWSKMSKeyARN": attr("kms_key_arn")})}
	bucket := properties{"BucketARN": attr("bucket_arn"), "EncryptionConfiguration": flat(encryption),
		"CloudWatchLoggingOptions": block("cloudwatch_logging_options", properties{"Enabled": attr("enabled")})}
	to := func(destination string, inner properties) property {
		return func(t *translation, v resource.Value) {
			t.out.Attrs["destination"] = resource.Value{Data: destination, At: v.At}
			block(destination+"_configuration", inner)(t, v)
		}
	}
	return entry{Type: "AWS::KinesisFirehose::DeliveryStream", As: "aws_kinesis_firehose_delivery_stream", Ref: "name", Properties: properties{
		"DeliveryStreamName": attr("name"),
		"DeliveryStreamEncryptionConfigurationInput": func(t *translation, v resource.Value) {
			block("server_side_encryption", properties{"KeyType": attr("key_type"), "KeyARN": attr("key_arn")})(t, v)
			if b, ok := t.out.Attrs["server_side_encryption"].Data.(*resource.Block); ok {
				b.Attrs["enabled"] = resource.Value{Data: true, At: v.At} // it is on where it is there
			}
		},
		"KinesisStreamSourceConfiguration":                block("kinesis_source_configuration", properties{"KinesisStreamARN": attr("kinesis_stream_arn")}),
		"MSKSourceConfiguration":                          block("msk_source_configuration", properties{"MSKClusterARN": attr("msk_cluster_arn")}),
		"ExtendedS3DestinationConfiguration":              to("extended_s3", bucket),
		"S3DestinationConfiguration":                      to("extended_s3", bucket),
		"RedshiftDestinationConfiguration":                to("redshift", properties{"S3Configuration": block("s3_configuration", bucket)}),
		"SplunkDestinationConfiguration":                  to("splunk", properties{"HECEndpoint": attr("hec_endpoint"), "S3Configuration": block("s3_configuration", bucket)}),
		"SnowflakeDestinationConfiguration":               to("snowflake", properties{"AccountUrl": attr("account_url"), "S3Configuration": block("s3_configuration", bucket)}),
		"HttpEndpointDestinationConfiguration":            to("http_endpoint", properties{"EndpointConfiguration": flat(properties{"Url": attr("url")}), "S3Configuration": block("s3_configuration", bucket)}),
		"ElasticsearchDestinationConfiguration":           to("elasticsearch", properties{"DomainARN": attr("domain_arn")}),
		"AmazonopensearchserviceDestinationConfiguration": to("opensearch", properties{"DomainARN": attr("domain_arn")}),
		"Tags": tags,
	}}
}

func kafka() properties {
	on := properties{"Enabled": attr("enabled")}
	return properties{
		"ClusterName": attr("cluster_name"),
		"EncryptionInfo": block("encryption_info", properties{
			"EncryptionAtRest":    flat(properties{"DataVolumeKMSKeyId": attr("encryption_at_rest_kms_key_arn")}),
			"EncryptionInTransit": block("encryption_in_transit", properties{"ClientBroker": attr("client_broker"), "InCluster": attr("in_cluster")}),
		}),
		"ClientAuthentication": block("client_authentication", properties{
			"Unauthenticated": flat(properties{"Enabled": attr("unauthenticated")}),
			"Sasl":            block("sasl", properties{"Iam": flat(properties{"Enabled": attr("iam")}), "Scram": flat(properties{"Enabled": attr("scram")})}),
			"Tls":             block("tls", properties{"CertificateAuthorityArnList": attr("certificate_authority_arns")}),
		}),
		"BrokerNodeGroupInfo": block("broker_node_group_info", properties{
			"SecurityGroups":   attr("security_groups"),
			"ConnectivityInfo": block("connectivity_info", properties{"PublicAccess": block("public_access", properties{"Type": attr("type")})}),
		}),
		"LoggingInfo": block("logging_info", properties{"BrokerLogs": block("broker_logs", properties{
			"CloudWatchLogs": block("cloudwatch_logs", on), "Firehose": block("firehose", on), "S3": block("s3", on)})}),
	}
}

// statement is one of a policy, as an event bus takes them one by one.
func statement(t *translation, v resource.Value) {
	doc := resource.Block{At: v.At, Attrs: map[string]resource.Value{"Statement": v}}
	document("policy")(t, resource.Value{Data: &doc, At: v.At})
}

// owners are several that one resource names; each gets one of its own.
func owners(name string) property {
	return func(t *translation, v resource.Value) {
		items, rest := v.Each()
		for i, item := range items {
			if i == 0 {
				t.out.Attrs[name] = item
				continue
			}
			t.part(t.main.Type, name, item).Attrs[name] = item
		}
		if rest != nil && len(items) == 0 {
			t.out.Attrs[name] = resource.Value{Data: resource.Unknown{Gap: *rest}, At: v.At}
		}
	}
}

// sharing hands what the main resource says to those that were made beside it.
func sharing(name string) func(*translation) {
	return func(t *translation) {
		for _, p := range t.parts {
			p.Attrs[name] = t.main.Attrs[name]
		}
	}
}

// each makes a resource of each element of a list.
func each(typ, owner string, inner properties) property {
	return func(t *translation, v resource.Value) {
		items, _ := v.Each()
		for _, item := range items {
			part(typ, owner, inner)(t, item)
		}
	}
}
