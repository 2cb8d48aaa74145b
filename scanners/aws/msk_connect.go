package aws

import (
	"github.com/aws/aws-sdk-go-v2/service/kafkaconnect"
	"github.com/aws/aws-sdk-go-v2/service/kafkaconnect/types"

	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/iac/estate"
)

func mskConnect() service {
	return service{name: "kafkaconnect", id: "KafkaConnect",
		lists: []string{"aws_mskconnect_connector"},
		calls: append(calls("ListConnectors"), apiece(calls("DescribeConnector", "ListTagsForResource")...)...),
		read: func(r *reader) {
			api := kafkaconnect.NewFromConfig(r.cfg)
			many(r, list(r, api.ListConnectors, &kafkaconnect.ListConnectorsInput{},
				func(p *kafkaconnect.ListConnectorsOutput) []types.ConnectorSummary { return p.Connectors }, "aws_mskconnect_connector"),
				func(c types.ConnectorSummary, at *probity.Origin) { r.connector(api, c, at) })
		}}
}

// connector: of its configuration nothing is kept but the names of entries that hold a secret.
func (r *reader) connector(api *kafkaconnect.Client, c types.ConnectorSummary, at *probity.Origin) {
	logs := value(value(c.LogDelivery).WorkerLogDelivery)
	group, stream, bucket := value(logs.CloudWatchLogs), value(logs.Firehose), value(logs.S3)
	set := askFor(r, paths("settings.credentials"), api.DescribeConnector, &kafkaconnect.DescribeConnectorInput{ConnectorArn: c.ConnectorArn})
	t := Thing{Type: "aws_mskconnect_connector", ARN: value(c.ConnectorArn), Created: c.CreationTime, At: at, Attrs: attrs{
		"name":                                c.ConnectorName,
		"kafka_cluster_encryption_in_transit": attrs{"encryption_type": text(string(value(c.KafkaClusterEncryptionInTransit).EncryptionType))},
		"log_delivery": attrs{"worker_log_delivery": attrs{
			"cloudwatch_logs": attrs{"enabled": group.Enabled, "log_group": group.LogGroup},
			"firehose":        attrs{"enabled": stream.Enabled, "delivery_stream": stream.DeliveryStream},
			"s3":              attrs{"enabled": bucket.Enabled, "bucket": bucket.Bucket},
		}},
		"connector_configuration": set.get(func(o *kafkaconnect.DescribeConnectorOutput) any {
			return estate.Veiled(o.ConnectorConfiguration, set.at)
		}),
		"tags": askFor(r, r.tagPaths(), api.ListTagsForResource, &kafkaconnect.ListTagsForResourceInput{ResourceArn: c.ConnectorArn}).get(
			func(o *kafkaconnect.ListTagsForResourceOutput) any { return o.Tags }),
	}}
	r.add(t)
}
