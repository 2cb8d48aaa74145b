package pipeline

import (
	"testing"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/aws/awstest"
)

// deniedListings: where a listing is denied, each rule that judged a store of it is unknown for the account, by name of the
// permission: what is not listed may be wrong.
func deniedListings(t *testing.T, p *awstest.Proxy, whole probity.Scan) {
	t.Helper()
	const region = "aws://" + awstest.Account + "/" + awstest.Region
	listings := map[string]struct{ kind, permission string }{
		"S3.ListBuckets":                    {"aws.s3.bucket", "s3:ListAllMyBuckets"},
		"RDS.DescribeDBInstances":           {"aws.rds.instance", "rds:DescribeDBInstances"},
		"RDS.DescribeDBClusters":            {"aws.rds.cluster", "rds:DescribeDBClusters"},
		"RDS.DescribeDBSnapshots":           {"aws.rds.snapshot", "rds:DescribeDBSnapshots"},
		"DynamoDB.ListTables":               {"aws.dynamodb.table", "dynamodb:ListTables"},
		"EC2.DescribeVolumes":               {"aws.ebs.volume", "ec2:DescribeVolumes"},
		"EC2.DescribeSnapshots":             {"aws.ebs.snapshot", "ec2:DescribeSnapshots"},
		"EFS.DescribeFileSystems":           {"aws.efs.file_system", "elasticfilesystem:DescribeFileSystems"},
		"SQS.ListQueues":                    {"aws.sqs.queue", "sqs:ListQueues"},
		"SNS.ListTopics":                    {"aws.sns.topic", "sns:ListTopics"},
		"Kinesis.ListStreams":               {"aws.kinesis.stream", "kinesis:ListStreams"},
		"Secrets_Manager.ListSecrets":       {"aws.secretsmanager.secret", "secretsmanager:ListSecrets"},
		"KMS.ListKeys":                      {"aws.kms.key", "kms:ListKeys"},
		"CloudTrail.DescribeTrails":         {"aws.cloudtrail.trail", "cloudtrail:DescribeTrails"},
		"CloudWatch_Logs.DescribeLogGroups": {"aws.logs.group", "logs:DescribeLogGroups"},
		"Redshift.DescribeClusters":         {"aws.redshift.cluster", "redshift:DescribeClusters"},
		"Backup.ListBackupVaults":           {"aws.backup.vault", "backup:ListBackupVaults"},
		"ECR.DescribeRepositories":          {"aws.ecr.repository", "ecr:DescribeRepositories"},
	}
	kinds := map[probity.Ref]string{}
	for _, a := range slurp(t, whole.Assets) {
		kinds[a.Ref] = string(a.Kind)
	}
	judged := map[string][]string{} // the rules by kind
	for _, o := range slurp(t, whole.Outcomes) {
		if k := kinds[o.Asset]; o.Verdict != probity.NA {
			judged[k] = append(judged[k], o.Rule)
		}
	}
	for op, l := range listings {
		t.Run(op, func(t *testing.T) {
			t.Parallel()
			rules := judged[l.kind]
			if len(rules) == 0 {
				t.Fatalf("no rule judged a store of kind %s", l.kind)
			}
			got := outcomes(t, live(t, p.Beside(t, awstest.Deny(func(r awstest.Request) bool { return r.Called == op }))))
			for _, rule := range rules {
				if o := got[[2]string{rule, region}]; o.Verdict != probity.Unknown || !names(o, l.permission) {
					t.Errorf("%s on %s is %q by %+v, want unknown for want of %s", rule, region, o.Verdict, o.Evidence, l.permission)
				}
			}
		})
	}
}
