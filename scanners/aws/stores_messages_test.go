package aws_test

import (
	"fmt"

	"github.com/aws/aws-sdk-go-v2/service/cloudwatchlogs"
	"github.com/aws/aws-sdk-go-v2/service/eventbridge"
	"github.com/aws/aws-sdk-go-v2/service/firehose"
	firehosetypes "github.com/aws/aws-sdk-go-v2/service/firehose/types"
	"github.com/aws/aws-sdk-go-v2/service/kafka"
	kafkatypes "github.com/aws/aws-sdk-go-v2/service/kafka/types"
	"github.com/aws/aws-sdk-go-v2/service/kinesis"
	kinesistypes "github.com/aws/aws-sdk-go-v2/service/kinesis/types"
	"github.com/aws/aws-sdk-go-v2/service/sns"
	"github.com/aws/aws-sdk-go-v2/service/sqs"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/aws/awstest"
)

// anybody is a policy that lets everybody do one thing.
func anybody(action, resource string) string {
	return fmt.Sprintf(`{"Version": "2012-10-17", "Statement": [{"Sid": "all", "Effect": "Allow", "Principal": "*", "Action": %q, "Resource": %q}]}`, action, resource)
}

// messages are queues and topics.
func (f *storeFiller) messages() {
	queues, topics := sqs.NewFromConfig(f.cfg), sns.NewFromConfig(f.cfg)
	dead, by := at("sqs", "dead"), at("sqs", "by-sqs")
	open := anybody("sqs:ReceiveMessage", at("sqs", "clear"))
	makeQueue := func(name string, set map[string]string) {
		made(f, queues.CreateQueue, &sqs.CreateQueueInput{QueueName: &name, Attributes: set, Tags: map[string]string{"team": name}})
		f.says(at("sqs", name), map[probity.Path]string{"tags": fmt.Sprintf(`{"team":%q}`, name)})
	}
	makeQueue("dead", map[string]string{"KmsMasterKeyId": "alias/aws/sqs", "MessageRetentionPeriod": "1209600"})
	makeQueue("by-sqs", map[string]string{"SqsManagedSseEnabled": "true"})
	makeQueue("sealed.fifo", map[string]string{"KmsMasterKeyId": f.key, "FifoQueue": "true", "MessageRetentionPeriod": "86400"})
	makeQueue("clear", map[string]string{"SqsManagedSseEnabled": "false", "Policy": open, "RedrivePolicy": `{"deadLetterTargetArn":"` + dead + `","maxReceiveCount":3}`})
	days := func(n int) string { return fmt.Sprintf(`[{"on":[],"days":%d,"by":"","noncurrent":false}]`, n) }
	f.says(dead, map[probity.Path]string{"encryption.at_rest": "true", "encryption.key_manager": `"provider-managed"`, "retention.rules": days(14), "settings.dead_letters": "false"})
	f.says(by, map[probity.Path]string{"encryption.at_rest": "true", "encryption.key_manager": `"provider-owned"`, "encryption.key": "null", "settings.fifo": "false"})
	f.says(at("sqs", "sealed.fifo"), f.encrypted())
	f.says(at("sqs", "sealed.fifo"), map[probity.Path]string{"settings.fifo": "true", "retention.rules": days(1), "exposure.public": "false", "exposure.declared.policy": "null"})
	f.says(at("sqs", "clear"), plain())
	f.says(at("sqs", "clear"), map[probity.Path]string{"settings.dead_letters": "true", "retention.rules": days(4), "exposure.public": "true", "exposure.declared.policy": text(open)})

	var arns [2]string
	for i, set := range []map[string]string{{"KmsMasterKeyId": f.key}, {"Policy": anybody("sns:Subscribe", at("sns", "talk1"))}} {
		arns[i] = *made(f, topics.CreateTopic, &sns.CreateTopicInput{Name: ptr(fmt.Sprint("talk", i)), Attributes: set}).TopicArn
	}
	f.says(arns[0], f.encrypted())
	f.says(arns[0], map[probity.Path]string{"settings.plain_endpoints": "[]", "exposure.public": "false"})
	made(f, topics.Subscribe, &sns.SubscribeInput{TopicArn: &arns[1], Protocol: ptr("sqs"), Endpoint: &by})
	plainly := made(f, topics.Subscribe, &sns.SubscribeInput{TopicArn: &arns[1], Protocol: ptr("http"), Endpoint: ptr("http://127.0.0.1:1/in")}).SubscriptionArn
	f.says(arns[1], plain())
	f.says(arns[1], map[probity.Path]string{"settings.plain_endpoints": fmt.Sprintf("[%q]", *plainly), "exposure.public": "true"})
	f.says(by, map[probity.Path]string{"links": fmt.Sprintf(`[{"kind":"copy-of","to":{"id":%q}}]`, arns[1])})
}

// streams are those of Kinesis, Firehose and Kafka, and buses of events.
func (f *storeFiller) streams() {
	api, deliveries, clusters, buses := kinesis.NewFromConfig(f.cfg), firehose.NewFromConfig(f.cfg), kafka.NewFromConfig(f.cfg), eventbridge.NewFromConfig(f.cfg)
	for _, name := range []string{"sealed", "clear"} {
		made(f, api.CreateStream, &kinesis.CreateStreamInput{StreamName: &name, ShardCount: ptr(int32(1))})
	}
	made(f, api.StartStreamEncryption, &kinesis.StartStreamEncryptionInput{StreamName: ptr("sealed"), EncryptionType: kinesistypes.EncryptionTypeKms, KeyId: &f.key})
	made(f, api.IncreaseStreamRetentionPeriod, &kinesis.IncreaseStreamRetentionPeriodInput{StreamName: ptr("clear"), RetentionPeriodHours: ptr(int32(72))})
	sealed, clear := at("kinesis", "stream/sealed"), at("kinesis", "stream/clear")
	lent := anybody("kinesis:GetRecords", clear)
	made(f, api.PutResourcePolicy, &kinesis.PutResourcePolicyInput{ResourceARN: &clear, Policy: &lent})
	f.says(sealed, f.encrypted())
	f.says(sealed, map[probity.Path]string{"settings.retention_hours": "24", "exposure.declared.policy": "null", "exposure.public": "false"})
	f.says(clear, plain())
	f.says(clear, map[probity.Path]string{"settings.retention_hours": "72", "exposure.declared.policy": text(lent), "exposure.public": "true"})

	to := func() *firehosetypes.ExtendedS3DestinationConfiguration {
		return &firehosetypes.ExtendedS3DestinationConfiguration{BucketARN: ptr("arn:aws:s3:::lake"), RoleARN: ptr("arn:aws:iam::" + awstest.Account + ":role/r")}
	}
	keyed := to()
	keyed.EncryptionConfiguration = &firehosetypes.EncryptionConfiguration{KMSEncryptionConfig: &firehosetypes.KMSEncryptionConfig{AWSKMSKeyARN: &f.key}}
	made(f, deliveries.CreateDeliveryStream, &firehose.CreateDeliveryStreamInput{DeliveryStreamName: ptr("sealed"), ExtendedS3DestinationConfiguration: keyed})
	made(f, deliveries.StartDeliveryStreamEncryption, &firehose.StartDeliveryStreamEncryptionInput{DeliveryStreamName: ptr("sealed"),
		DeliveryStreamEncryptionConfigurationInput: &firehosetypes.DeliveryStreamEncryptionConfigurationInput{KeyType: firehosetypes.KeyTypeCustomerManagedCmk, KeyARN: &f.key}})
	made(f, deliveries.CreateDeliveryStream, &firehose.CreateDeliveryStreamInput{DeliveryStreamName: ptr("clear"), ExtendedS3DestinationConfiguration: to()})
	f.says(at("firehose", "deliverystream/sealed"), f.encrypted())
	f.says(at("firehose", "deliverystream/sealed"), map[probity.Path]string{"settings.destination": `"extended_s3"`, "settings.destination_key": "true", "settings.reads_a_stream": "false"})
	f.says(at("firehose", "deliverystream/clear"), map[probity.Path]string{"encryption.at_rest": "false", "settings.destination_key": "false"})

	for name, broker := range map[string]kafkatypes.ClientBroker{"sealed": kafkatypes.ClientBrokerTls, "clear": kafkatypes.ClientBrokerTlsPlaintext} {
		ok := name == "sealed"
		info := &kafkatypes.EncryptionInfo{EncryptionInTransit: &kafkatypes.EncryptionInTransit{ClientBroker: broker, InCluster: &ok}}
		facts := map[probity.Path]string{"encryption.at_rest": "true", "encryption.in_transit": fmt.Sprint(ok), "settings.node_to_node": fmt.Sprint(ok)}
		if ok {
			info.EncryptionAtRest = &kafkatypes.EncryptionAtRest{DataVolumeKMSKeyId: &f.key}
			facts["encryption.key"] = text(f.key)
		}
		c := made(f, clusters.CreateCluster, &kafka.CreateClusterInput{ClusterName: &name, KafkaVersion: ptr("3.6.0"), NumberOfBrokerNodes: ptr(int32(2)), EncryptionInfo: info,
			BrokerNodeGroupInfo: &kafkatypes.BrokerNodeGroupInfo{ClientSubnets: []string{"subnet-1", "subnet-2"}, InstanceType: ptr("kafka.t3.small")}})
		f.says(*c.ClusterArn, facts)
	}

	for _, name := range []string{"shut", "open"} {
		made(f, buses.CreateEventBus, &eventbridge.CreateEventBusInput{Name: &name})
	}
	shut, open := at("events", "event-bus/shut"), at("events", "event-bus/open")
	made(f, buses.PutPermission, &eventbridge.PutPermissionInput{EventBusName: ptr("open"), Policy: ptr(anybody("events:PutEvents", open))})
	made(f, buses.CreateArchive, &eventbridge.CreateArchiveInput{ArchiveName: ptr("month"), EventSourceArn: &shut, RetentionDays: ptr(int32(30))})
	made(f, buses.CreateArchive, &eventbridge.CreateArchiveInput{ArchiveName: ptr("ever"), EventSourceArn: &open})
	f.says(shut, map[probity.Path]string{"exposure.public": "false", "exposure.declared.policy": "null", "encryption.at_rest": "true"})
	f.says(open, map[probity.Path]string{"exposure.public": "true"})
	f.says(at("events", "archive/month"), map[probity.Path]string{"retention.rules": `[{"on":[],"days":30,"by":"","noncurrent":false}]`, "links": fmt.Sprintf(`[{"kind":"copy-of","to":{"id":%q}}]`, shut)})
	f.says(at("events", "archive/ever"), map[probity.Path]string{"retention.rules": "null", "links": fmt.Sprintf(`[{"kind":"copy-of","to":{"id":%q}}]`, open)})
}

// logged are log groups, one of which is sent on.
func (f *storeFiller) logged() {
	api := cloudwatchlogs.NewFromConfig(f.cfg)
	made(f, api.CreateLogGroup, &cloudwatchlogs.CreateLogGroupInput{LogGroupName: ptr("sealed"), KmsKeyId: &f.key, Tags: map[string]string{"team": "a"}})
	made(f, api.CreateLogGroup, &cloudwatchlogs.CreateLogGroupInput{LogGroupName: ptr("loose")})
	made(f, api.PutRetentionPolicy, &cloudwatchlogs.PutRetentionPolicyInput{LogGroupName: ptr("sealed"), RetentionInDays: ptr(int32(30))})
	to := at("kinesis", "stream/clear")
	made(f, api.PutSubscriptionFilter, &cloudwatchlogs.PutSubscriptionFilterInput{LogGroupName: ptr("loose"), FilterName: ptr("all"), FilterPattern: ptr(""), DestinationArn: &to})
	f.says(at("logs", "log-group:sealed"), map[probity.Path]string{"encryption.at_rest": "true", "encryption.key_manager": `"customer-managed"`, "encryption.key": text(f.key), "tags": `{"team":"a"}`,
		"retention.rules": `[{"on":[],"days":30,"by":"","noncurrent":false}]`})
	f.says(at("logs", "log-group:loose"), map[probity.Path]string{"encryption.at_rest": "true", "encryption.key_manager": `"provider-owned"`, "encryption.key": "null", "retention.rules": "null",
		"settings.subscriptions": fmt.Sprintf("[%q]", to)})
	f.says(to, map[probity.Path]string{"links": fmt.Sprintf(`[{"kind":"copy-of","to":{"id":%q}}]`, at("logs", "log-group:loose"))})

	into, sealed := at("logs", "destination:into"), at("kinesis", "stream/sealed")
	lent := fmt.Sprintf(`{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {"AWS": "210987654321"}, "Action": "logs:PutSubscriptionFilter", "Resource": %q}]}`, into)
	for name, policy := range map[string]string{"into": lent, "own": ""} {
		target := sealed
		if policy == "" {
			target = at("kinesis", "stream/elsewhere")
		}
		made(f, api.PutDestination, &cloudwatchlogs.PutDestinationInput{DestinationName: &name, RoleArn: ptr("arn:aws:iam::" + awstest.Account + ":role/r"), TargetArn: &target, Tags: map[string]string{"team": name}})
		if policy != "" {
			made(f, api.PutDestinationPolicy, &cloudwatchlogs.PutDestinationPolicyInput{DestinationName: &name, AccessPolicy: &policy})
		}
	}
	f.says(into, map[probity.Path]string{"exposure.declared.policy": text(lent), "exposure.public": "false", "tags": `{"team":"into"}`,
		"exposure.outside": `[{"principal":"210987654321","actions":["logs:PutSubscriptionFilter"],"on":[]}]`})
	f.says(at("logs", "destination:own"), map[probity.Path]string{"exposure.declared.policy": "null", "exposure.outside": "null"})
	f.says(sealed, map[probity.Path]string{"links": fmt.Sprintf(`[{"kind":"encrypted-by","to":{"id":%q}},{"kind":"copy-of","to":{"id":%q}}]`, f.key, into)})
}
