package aws

import (
	"github.com/aws/aws-sdk-go-v2/service/firehose"
	"github.com/aws/aws-sdk-go-v2/service/firehose/types"

	probity "github.com/probity-scan/probity"
)

func firehoseService() service {
	return service{name: "firehose", id: "Firehose",
		lists: []string{"aws_kinesis_firehose_delivery_stream"},
		calls: append(calls("ListDeliveryStreams"), apiece(calls("DescribeDeliveryStream", "ListTagsForDeliveryStream")...)...),
		read: func(r *reader) {
			api, most := firehose.NewFromConfig(r.cfg), int32(10000)
			many(r, list(r, api.ListDeliveryStreams, &firehose.ListDeliveryStreamsInput{Limit: &most}, func(p *firehose.ListDeliveryStreamsOutput) []string { return p.DeliveryStreamNames }, "aws_kinesis_firehose_delivery_stream"),
				func(name string, at *probity.Origin) { r.add(deliveryStream(r, api, name, at)) })
		}}
}

func deliveryStream(r *reader, api *firehose.Client, name string, at *probity.Origin) Thing {
	said := ask(r, api.DescribeDeliveryStream, &firehose.DescribeDeliveryStreamInput{DeliveryStreamName: &name})
	if said.out != nil && said.out.DeliveryStreamDescription == nil {
		said.out, said.gap = nil, silent("firehose:DescribeDeliveryStream")
	}
	of := func(get func(*types.DeliveryStreamDescription) any) any {
		return said.get(func(o *firehose.DescribeDeliveryStreamOutput) any { return get(o.DeliveryStreamDescription) })
	}
	source := func(get func(types.SourceDescription) any) any {
		return of(func(d *types.DeliveryStreamDescription) any { return get(value(d.Source)) })
	}
	t := Thing{Type: "aws_kinesis_firehose_delivery_stream", ARN: r.arn("firehose", "deliverystream/"+name), ID: name, At: at, Attrs: attrs{
		"name": name,
		"kinesis_source_configuration": source(func(s types.SourceDescription) any {
			if s.KinesisStreamSourceDescription == nil {
				return nil
			}
			return attrs{"kinesis_stream_arn": s.KinesisStreamSourceDescription.KinesisStreamARN}
		}),
		"msk_source_configuration": source(func(s types.SourceDescription) any {
			if s.MSKSourceDescription == nil {
				return nil
			}
			return attrs{"msk_cluster_arn": s.MSKSourceDescription.MSKClusterARN}
		}),
		"server_side_encryption": of(func(d *types.DeliveryStreamDescription) any {
			return deliveryEncryption(d.DeliveryStreamEncryptionConfiguration)
		}),
		"destination": of(func(d *types.DeliveryStreamDescription) any { name, _ := delivery(d.Destinations); return text(name) }),
	}}
	if said.out != nil {
		d := said.out.DeliveryStreamDescription
		t.Created = d.CreateTimestamp
		if name, block := delivery(d.Destinations); name != "" {
			t.Attrs[name+"_configuration"] = from{block, said.at}
		}
	}
	t.Attrs["tags"] = askFor(r, r.tagPaths(), api.ListTagsForDeliveryStream, &firehose.ListTagsForDeliveryStreamInput{DeliveryStreamName: &name}).get(
		func(o *firehose.ListTagsForDeliveryStreamOutput) any {
			return tags(o.Tags, func(t types.Tag) (*string, *string) { return t.Key, t.Value })
		})
	return t
}

// deliveryEncryption: what is being switched on or off is not on yet, or no more.
func deliveryEncryption(c *types.DeliveryStreamEncryptionConfiguration) any {
	if c == nil {
		return nil
	}
	return attrs{"enabled": c.Status == types.DeliveryStreamEncryptionStatusEnabled, "key_type": text(string(c.KeyType)), "key_arn": keyOf(c.KeyARN)}
}

// delivery is where a stream delivers to, and how. A stream has one destination.
func delivery(all []types.DestinationDescription) (string, attrs) {
	if len(all) == 0 {
		return "", nil
	}
	log := func(o *types.CloudWatchLoggingOptions) any {
		if o == nil {
			return nil
		}
		return attrs{"enabled": value(o.Enabled)}
	}
	to := func(log any, s3, backup *types.S3DestinationDescription, more attrs) attrs {
		out := attrs{"cloudwatch_logging_options": log, "s3_configuration": deliveryBucket(s3), "s3_backup_configuration": deliveryBucket(backup),
			"bucket_arn": nil, "kms_key_arn": nil, "domain_arn": nil, "url": nil}
		for k, v := range more {
			out[k] = v
		}
		return out
	}
	switch d := all[0]; {
	case d.ExtendedS3DestinationDescription != nil:
		s := d.ExtendedS3DestinationDescription
		return "extended_s3", to(log(s.CloudWatchLoggingOptions), nil, s.S3BackupDescription, attrs{"bucket_arn": s.BucketARN, "kms_key_arn": objectKey(s.EncryptionConfiguration)})
	case d.RedshiftDestinationDescription != nil:
		s := d.RedshiftDestinationDescription
		return "redshift", to(log(s.CloudWatchLoggingOptions), s.S3DestinationDescription, s.S3BackupDescription, attrs{"cluster_jdbcurl": s.ClusterJDBCURL})
	case d.AmazonopensearchserviceDestinationDescription != nil:
		s := d.AmazonopensearchserviceDestinationDescription
		return "opensearch", to(log(s.CloudWatchLoggingOptions), s.S3DestinationDescription, nil, attrs{"domain_arn": s.DomainARN})
	case d.ElasticsearchDestinationDescription != nil:
		s := d.ElasticsearchDestinationDescription
		return "elasticsearch", to(log(s.CloudWatchLoggingOptions), s.S3DestinationDescription, nil, attrs{"domain_arn": s.DomainARN})
	case d.AmazonOpenSearchServerlessDestinationDescription != nil:
		s := d.AmazonOpenSearchServerlessDestinationDescription
		return "opensearchserverless", to(log(s.CloudWatchLoggingOptions), s.S3DestinationDescription, nil, attrs{"collection_endpoint": s.CollectionEndpoint})
	case d.HttpEndpointDestinationDescription != nil:
		s := d.HttpEndpointDestinationDescription
		return "http_endpoint", to(log(s.CloudWatchLoggingOptions), s.S3DestinationDescription, nil, attrs{"url": value(s.EndpointConfiguration).Url})
	case d.SplunkDestinationDescription != nil:
		s := d.SplunkDestinationDescription
		return "splunk", to(log(s.CloudWatchLoggingOptions), s.S3DestinationDescription, nil, attrs{"hec_endpoint": s.HECEndpoint})
	case d.SnowflakeDestinationDescription != nil:
		s := d.SnowflakeDestinationDescription
		return "snowflake", to(log(s.CloudWatchLoggingOptions), s.S3DestinationDescription, nil, attrs{"account_url": s.AccountUrl})
	case d.IcebergDestinationDescription != nil:
		s := d.IcebergDestinationDescription
		return "iceberg", to(log(s.CloudWatchLoggingOptions), s.S3DestinationDescription, nil, nil)
	case d.S3DestinationDescription != nil:
		s := d.S3DestinationDescription
		return "s3", to(log(s.CloudWatchLoggingOptions), nil, nil, attrs{"bucket_arn": s.BucketARN, "kms_key_arn": objectKey(s.EncryptionConfiguration)})
	}
	return "", nil
}

func deliveryBucket(s *types.S3DestinationDescription) any {
	if s == nil {
		return nil
	}
	return attrs{"bucket_arn": s.BucketARN, "kms_key_arn": objectKey(s.EncryptionConfiguration)}
}

func objectKey(c *types.EncryptionConfiguration) any {
	if c == nil || c.KMSEncryptionConfig == nil {
		return nil
	}
	return keyOf(c.KMSEncryptionConfig.AWSKMSKeyARN)
}
