package aws

import sqstypes "github.com/aws/aws-sdk-go-v2/service/sqs/types"

// contentServices are the calls that reading content takes, by the name of --content. Each has a policy of its own.
func contentServices() []service {
	return []service{
		{name: "s3", id: "S3", calls: []call{
			{operation: "GetObject", action: "s3:GetObject", content: true},
			{operation: "ListObjectsV2", action: "s3:ListBucket", content: true},
			{operation: "ListBucketInventoryConfigurations", action: "s3:GetInventoryConfiguration"},
		}},
		{name: "dynamodb", id: "DynamoDB", calls: []call{{operation: "Scan", action: "dynamodb:Scan", content: true}, {operation: "DescribeTable", action: "dynamodb:DescribeTable"}}},
		{name: "databases", id: "RDS", calls: []call{
			{operation: "DescribeDBInstances", action: "rds:DescribeDBInstances"},
			{operation: "DescribeDBClusters", action: "rds:DescribeDBClusters"},
			{operation: "Connect", action: "rds-db:connect", content: true}, // no operation of the API: what a token of IAM is good for
		}},
		{name: "databases", id: "Redshift", calls: []call{
			{operation: "DescribeClusters", action: "redshift:DescribeClusters"},
			{operation: "GetClusterCredentialsWithIAM", action: "redshift:GetClusterCredentialsWithIAM", content: true},
		}},
		{name: "databases", id: "Redshift Serverless", calls: []call{
			{operation: "ListNamespaces", action: "redshift-serverless:ListNamespaces"},
			{operation: "ListWorkgroups", action: "redshift-serverless:ListWorkgroups"},
			{operation: "GetCredentials", action: "redshift-serverless:GetCredentials", content: true},
		}},
		{name: "databases", id: "Secrets Manager", calls: []call{{operation: "GetSecretValue", action: "secretsmanager:GetSecretValue", content: true}}},
		{name: "kinesis", id: "Kinesis", calls: []call{
			{operation: "ListShards", action: "kinesis:ListShards", content: true},
			{operation: "GetShardIterator", action: "kinesis:GetShardIterator", content: true},
			{operation: "GetRecords", action: "kinesis:GetRecords", content: true},
		}},
		{name: "logs", id: "CloudWatch Logs", calls: []call{{operation: "FilterLogEvents", action: "logs:FilterLogEvents", content: true}}},
		{name: "sqs", id: "SQS", calls: []call{
			{operation: "GetQueueUrl", action: "sqs:GetQueueUrl"},
			{operation: "GetQueueAttributes", action: "sqs:GetQueueAttributes"},
			{operation: "ReceiveMessage", action: "sqs:ReceiveMessage", content: true},
		}},
	}
}

func sqsRedrive() []sqstypes.QueueAttributeName {
	return []sqstypes.QueueAttributeName{sqstypes.QueueAttributeNameRedrivePolicy}
}
