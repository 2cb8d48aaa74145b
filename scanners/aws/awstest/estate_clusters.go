package awstest

import (
	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dax"
	daxtypes "github.com/aws/aws-sdk-go-v2/service/dax/types"
	"github.com/aws/aws-sdk-go-v2/service/elasticache"
	"github.com/aws/aws-sdk-go-v2/service/firehose"
	firehosetypes "github.com/aws/aws-sdk-go-v2/service/firehose/types"
	"github.com/aws/aws-sdk-go-v2/service/kafka"
	kafkatypes "github.com/aws/aws-sdk-go-v2/service/kafka/types"
	"github.com/aws/aws-sdk-go-v2/service/memorydb"
	"github.com/aws/aws-sdk-go-v2/service/opensearch"
	opensearchtypes "github.com/aws/aws-sdk-go-v2/service/opensearch/types"
)

func (f *filler) caches() {
	groups, memory, daxes := elasticache.NewFromConfig(f.cfg), memorydb.NewFromConfig(f.cfg), dax.NewFromConfig(f.cfg)
	for _, name := range []string{"good", "bad"} {
		on := aws.Bool(name == "good")
		made(f, groups.CreateReplicationGroup, &elasticache.CreateReplicationGroupInput{ReplicationGroupId: aws.String("cache-" + name), ReplicationGroupDescription: aws.String("sessions"),
			Engine: aws.String("redis"), CacheNodeType: aws.String("cache.t3.micro"), NumCacheClusters: aws.Int32(2), AtRestEncryptionEnabled: on, TransitEncryptionEnabled: on})
		in := &memorydb.CreateClusterInput{ClusterName: aws.String("memory-" + name), NodeType: aws.String("db.t4g.small"), ACLName: aws.String("open-access"), TLSEnabled: on}
		if *on {
			in.KmsKeyId = &f.key
		}
		made(f, memory.CreateCluster, in)
		made(f, daxes.CreateCluster, &dax.CreateClusterInput{ClusterName: aws.String("dax-" + name), NodeType: aws.String("dax.t3.small"), ReplicationFactor: 1,
			IamRoleArn: aws.String("arn:aws:iam::" + Account + ":role/dax"), SSESpecification: &daxtypes.SSESpecification{Enabled: on},
			ClusterEndpointEncryptionType: map[string]daxtypes.ClusterEndpointEncryptionType{"good": daxtypes.ClusterEndpointEncryptionTypeTls, "bad": daxtypes.ClusterEndpointEncryptionTypeNone}[name]})
	}
	for _, rule := range []string{"encryption-at-rest", "encryption-in-transit"} {
		f.plant(rule, at("elasticache", "replicationgroup:cache-good"), at("elasticache", "replicationgroup:cache-bad"))
		f.plant(rule, at("dax", "cache/dax-good"), at("dax", "cache/dax-bad"))
	}
	for _, rule := range []string{"encryption-in-transit", "customer-managed-key"} {
		f.plant(rule, at("memorydb", "cluster/memory-good"), at("memorydb", "cluster/memory-bad"))
	}
}

func (f *filler) searches() {
	api := opensearch.NewFromConfig(f.cfg)
	for _, name := range []string{"good", "bad"} {
		on, arn := aws.Bool(name == "good"), at("es", "domain/search-"+name)
		policy := everybody("es:*", arn+"/*")
		if *on {
			policy = `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::` + Account + `:role/app"},"Action":"es:ESHttpGet","Resource":"` + arn + `/*"}]}`
		}
		made(f, api.CreateDomain, &opensearch.CreateDomainInput{DomainName: aws.String("search-" + name), EngineVersion: aws.String("OpenSearch_2.11"), AccessPolicies: &policy,
			EncryptionAtRestOptions:     &opensearchtypes.EncryptionAtRestOptions{Enabled: on},
			NodeToNodeEncryptionOptions: &opensearchtypes.NodeToNodeEncryptionOptions{Enabled: on},
			DomainEndpointOptions:       &opensearchtypes.DomainEndpointOptions{EnforceHTTPS: on, TLSSecurityPolicy: opensearchtypes.TLSSecurityPolicyPolicyMinTls12201907}})
	}
	for _, rule := range []string{"encryption-at-rest", "encryption-in-transit", "node-to-node-encryption", "no-public-store"} {
		f.plant(rule, at("es", "domain/search-good"), at("es", "domain/search-bad"))
	}
}

func (f *filler) feeds() {
	clusters, deliveries := kafka.NewFromConfig(f.cfg), firehose.NewFromConfig(f.cfg)
	var arns [2]string
	for i, speaks := range []kafkatypes.ClientBroker{kafkatypes.ClientBrokerTls, kafkatypes.ClientBrokerPlaintext} {
		name := []string{"good", "bad"}[i]
		info := &kafkatypes.EncryptionInfo{EncryptionInTransit: &kafkatypes.EncryptionInTransit{ClientBroker: speaks, InCluster: aws.Bool(i == 0)}}
		if i == 0 {
			info.EncryptionAtRest = &kafkatypes.EncryptionAtRest{DataVolumeKMSKeyId: &f.key}
		}
		arns[i] = *made(f, clusters.CreateCluster, &kafka.CreateClusterInput{ClusterName: aws.String("feed-" + name), KafkaVersion: aws.String("3.6.0"), NumberOfBrokerNodes: aws.Int32(2),
			BrokerNodeGroupInfo: &kafkatypes.BrokerNodeGroupInfo{ClientSubnets: []string{"subnet-1", "subnet-2"}, InstanceType: aws.String("kafka.t3.small")}, EncryptionInfo: info}).ClusterArn
		stream := aws.String("delivery-" + name)
		made(f, deliveries.CreateDeliveryStream, &firehose.CreateDeliveryStreamInput{DeliveryStreamName: stream, ExtendedS3DestinationConfiguration: &firehosetypes.ExtendedS3DestinationConfiguration{
			BucketARN: aws.String("arn:aws:s3:::clinic-good"), RoleARN: aws.String("arn:aws:iam::" + Account + ":role/app")}})
		if i == 0 {
			made(f, deliveries.StartDeliveryStreamEncryption, &firehose.StartDeliveryStreamEncryptionInput{DeliveryStreamName: stream,
				DeliveryStreamEncryptionConfigurationInput: &firehosetypes.DeliveryStreamEncryptionConfigurationInput{KeyType: firehosetypes.KeyTypeCustomerManagedCmk, KeyARN: &f.key}})
		}
	}
	f.plant("encryption-in-transit", arns[0], arns[1])
	f.plant("encryption-at-rest", at("firehose", "deliverystream/delivery-good"), at("firehose", "deliverystream/delivery-bad"))
}
