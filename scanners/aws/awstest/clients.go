package awstest

import (
	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/athena"
	"github.com/aws/aws-sdk-go-v2/service/backup"
	"github.com/aws/aws-sdk-go-v2/service/cloudfront"
	"github.com/aws/aws-sdk-go-v2/service/cloudtrail"
	"github.com/aws/aws-sdk-go-v2/service/cloudwatchlogs"
	"github.com/aws/aws-sdk-go-v2/service/configservice"
	"github.com/aws/aws-sdk-go-v2/service/databasemigrationservice"
	"github.com/aws/aws-sdk-go-v2/service/datasync"
	"github.com/aws/aws-sdk-go-v2/service/dax"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ecr"
	"github.com/aws/aws-sdk-go-v2/service/ecs"
	"github.com/aws/aws-sdk-go-v2/service/efs"
	"github.com/aws/aws-sdk-go-v2/service/eks"
	"github.com/aws/aws-sdk-go-v2/service/elasticache"
	"github.com/aws/aws-sdk-go-v2/service/elasticloadbalancing"
	"github.com/aws/aws-sdk-go-v2/service/elasticloadbalancingv2"
	"github.com/aws/aws-sdk-go-v2/service/emr"
	"github.com/aws/aws-sdk-go-v2/service/eventbridge"
	"github.com/aws/aws-sdk-go-v2/service/firehose"
	"github.com/aws/aws-sdk-go-v2/service/fsx"
	"github.com/aws/aws-sdk-go-v2/service/glacier"
	"github.com/aws/aws-sdk-go-v2/service/glue"
	"github.com/aws/aws-sdk-go-v2/service/guardduty"
	"github.com/aws/aws-sdk-go-v2/service/iam"
	"github.com/aws/aws-sdk-go-v2/service/kafka"
	"github.com/aws/aws-sdk-go-v2/service/kinesis"
	"github.com/aws/aws-sdk-go-v2/service/kinesisvideo"
	"github.com/aws/aws-sdk-go-v2/service/kms"
	"github.com/aws/aws-sdk-go-v2/service/lakeformation"
	"github.com/aws/aws-sdk-go-v2/service/lambda"
	"github.com/aws/aws-sdk-go-v2/service/memorydb"
	"github.com/aws/aws-sdk-go-v2/service/mq"
	"github.com/aws/aws-sdk-go-v2/service/opensearch"
	"github.com/aws/aws-sdk-go-v2/service/organizations"
	"github.com/aws/aws-sdk-go-v2/service/ram"
	"github.com/aws/aws-sdk-go-v2/service/rds"
	"github.com/aws/aws-sdk-go-v2/service/redshift"
	"github.com/aws/aws-sdk-go-v2/service/redshiftserverless"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3control"
	"github.com/aws/aws-sdk-go-v2/service/sagemaker"
	"github.com/aws/aws-sdk-go-v2/service/secretsmanager"
	"github.com/aws/aws-sdk-go-v2/service/sfn"
	"github.com/aws/aws-sdk-go-v2/service/sns"
	"github.com/aws/aws-sdk-go-v2/service/sqs"
	"github.com/aws/aws-sdk-go-v2/service/ssm"
	"github.com/aws/aws-sdk-go-v2/service/timestreamwrite"
	"github.com/aws/aws-sdk-go-v2/service/transfer"
)

// clients are those of the services that the emulator has, by the names that setups call them.
func clients(cfg aws.Config) map[string]any {
	return map[string]any{
		"athena":              athena.NewFromConfig(cfg),
		"backup":              backup.NewFromConfig(cfg),
		"cloudfront":          cloudfront.NewFromConfig(cfg),
		"cloudtrail":          cloudtrail.NewFromConfig(cfg),
		"config":              configservice.NewFromConfig(cfg),
		"datasync":            datasync.NewFromConfig(cfg),
		"dax":                 dax.NewFromConfig(cfg),
		"dms":                 databasemigrationservice.NewFromConfig(cfg),
		"dynamodb":            dynamodb.NewFromConfig(cfg),
		"ec2":                 ec2.NewFromConfig(cfg),
		"ecr":                 ecr.NewFromConfig(cfg),
		"ecs":                 ecs.NewFromConfig(cfg),
		"efs":                 efs.NewFromConfig(cfg),
		"eks":                 eks.NewFromConfig(cfg),
		"elasticache":         elasticache.NewFromConfig(cfg),
		"elb":                 elasticloadbalancing.NewFromConfig(cfg),
		"elbv2":               elasticloadbalancingv2.NewFromConfig(cfg),
		"emr":                 emr.NewFromConfig(cfg),
		"events":              eventbridge.NewFromConfig(cfg),
		"firehose":            firehose.NewFromConfig(cfg),
		"fsx":                 fsx.NewFromConfig(cfg),
		"glacier":             glacier.NewFromConfig(cfg),
		"glue":                glue.NewFromConfig(cfg),
		"guardduty":           guardduty.NewFromConfig(cfg),
		"iam":                 iam.NewFromConfig(cfg),
		"kafka":               kafka.NewFromConfig(cfg),
		"kinesis":             kinesis.NewFromConfig(cfg),
		"kinesisvideo":        kinesisvideo.NewFromConfig(cfg),
		"kms":                 kms.NewFromConfig(cfg),
		"lakeformation":       lakeformation.NewFromConfig(cfg),
		"lambda":              lambda.NewFromConfig(cfg),
		"logs":                cloudwatchlogs.NewFromConfig(cfg),
		"memorydb":            memorydb.NewFromConfig(cfg),
		"mq":                  mq.NewFromConfig(cfg),
		"opensearch":          opensearch.NewFromConfig(cfg),
		"organizations":       organizations.NewFromConfig(cfg),
		"ram":                 ram.NewFromConfig(cfg),
		"rds":                 rds.NewFromConfig(cfg),
		"redshift":            redshift.NewFromConfig(cfg),
		"redshift-serverless": redshiftserverless.NewFromConfig(cfg),
		"s3":                  s3.NewFromConfig(cfg, func(o *s3.Options) { o.UsePathStyle = true }),
		"s3control":           s3control.NewFromConfig(cfg),
		"sagemaker":           sagemaker.NewFromConfig(cfg),
		"secretsmanager":      secretsmanager.NewFromConfig(cfg),
		"sfn":                 sfn.NewFromConfig(cfg),
		"sns":                 sns.NewFromConfig(cfg),
		"sqs":                 sqs.NewFromConfig(cfg),
		"ssm":                 ssm.NewFromConfig(cfg),
		"timestream":          timestreamwrite.NewFromConfig(cfg),
		"transfer":            transfer.NewFromConfig(cfg),
	}
}
