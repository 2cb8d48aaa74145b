package awstest

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/backup"
	"github.com/aws/aws-sdk-go-v2/service/cloudtrail"
	"github.com/aws/aws-sdk-go-v2/service/cloudwatchlogs"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	ddb "github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	ec2types "github.com/aws/aws-sdk-go-v2/service/ec2/types"
	"github.com/aws/aws-sdk-go-v2/service/ecr"
	ecrtypes "github.com/aws/aws-sdk-go-v2/service/ecr/types"
	"github.com/aws/aws-sdk-go-v2/service/efs"
	"github.com/aws/aws-sdk-go-v2/service/iam"
	"github.com/aws/aws-sdk-go-v2/service/kinesis"
	kinesistypes "github.com/aws/aws-sdk-go-v2/service/kinesis/types"
	"github.com/aws/aws-sdk-go-v2/service/kms"
	"github.com/aws/aws-sdk-go-v2/service/rds"
	"github.com/aws/aws-sdk-go-v2/service/redshift"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"
	"github.com/aws/aws-sdk-go-v2/service/secretsmanager"
	"github.com/aws/aws-sdk-go-v2/service/sns"
	"github.com/aws/aws-sdk-go-v2/service/sqs"
	"github.com/aws/aws-sdk-go-v2/service/ssm"
	ssmtypes "github.com/aws/aws-sdk-go-v2/service/ssm/types"
)

// Planted is what a rule must say of a store: that it is violated, or that it is not.
type Planted struct {
	Asset string
	Rule  string
	Bad   bool
}

// filler makes stores in pairs, one as it should be and one that is not.
type filler struct {
	t       testing.TB
	cfg     aws.Config
	key     string // of the customer
	planted []Planted
}

// Fill puts an estate into the emulator: of each service a good and a bad store, and what rules must say of them.
func Fill(t testing.TB, endpoint string) []Planted {
	t.Helper()
	f := &filler{t: t, cfg: Config(t, endpoint, Region)}
	return f.common()
}

// FillAll puts in what else the emulator carries too: every rule that judges live stores is violated somewhere.
func FillAll(t testing.TB, endpoint string) []Planted {
	t.Helper()
	f := &filler{t: t, cfg: Config(t, endpoint, Region)}
	f.common()
	f.guardedBuckets()
	f.networks()
	f.shares()
	f.doors()
	f.databaseSettings()
	f.caches()
	f.searches()
	f.feeds()
	f.code()
	f.lake()
	f.accounts()
	return f.planted
}

func (f *filler) common() []Planted {
	f.keys()
	f.buckets()
	f.databases()
	f.tables()
	f.volumes()
	f.fileSystems()
	f.messages()
	f.secrets()
	f.logs()
	f.warehouses()
	f.vaults()
	f.images()
	f.roles()
	f.sent()
	f.machines()
	f.ways()
	return f.planted
}

// plant notes what a rule must say of a good and a bad store.
func (f *filler) plant(rule, good, bad string) {
	f.planted = append(f.planted, Planted{Asset: good, Rule: rule}, Planted{Asset: bad, Rule: rule, Bad: true})
}

func made[In, Out, O any](f *filler, op func(context.Context, *In, ...func(*O)) (*Out, error), in *In) *Out {
	f.t.Helper()
	out, err := op(f.t.Context(), in)
	if err != nil {
		f.t.Fatalf("filling the emulator: %v", err)
	}
	return out
}

func at(service, rest string) string {
	return fmt.Sprintf("arn:aws:%s:%s:%s:%s", service, Region, Account, rest)
}

func (f *filler) keys() {
	api := kms.NewFromConfig(f.cfg)
	good := made(f, api.CreateKey, &kms.CreateKeyInput{Description: aws.String("rotates")})
	made(f, api.EnableKeyRotation, &kms.EnableKeyRotationInput{KeyId: good.KeyMetadata.KeyId})
	bad := made(f, api.CreateKey, &kms.CreateKeyInput{Description: aws.String("stays")})
	f.key = *good.KeyMetadata.Arn
	f.plant("key-rotation", f.key, *bad.KeyMetadata.Arn)
}

// everybody is a policy that lets anybody do something with a resource.
func everybody(action, resource string) string {
	return fmt.Sprintf(`{"Version":"2012-10-17","Statement":[{"Sid":"all","Effect":"Allow","Principal":"*","Action":%q,"Resource":%q}]}`, action, resource)
}

func (f *filler) buckets() {
	api := s3.NewFromConfig(f.cfg, func(o *s3.Options) { o.UsePathStyle = true })
	for _, name := range []string{"clinic-good", "clinic-bad"} {
		made(f, api.CreateBucket, &s3.CreateBucketInput{Bucket: &name, CreateBucketConfiguration: &types.CreateBucketConfiguration{LocationConstraint: Region}})
		made(f, api.PutBucketTagging, &s3.PutBucketTaggingInput{Bucket: &name, Tagging: &types.Tagging{TagSet: []types.Tag{{Key: aws.String("env"), Value: aws.String("prod")}}}})
	}
	good, bad, on := aws.String("clinic-good"), aws.String("clinic-bad"), aws.Bool(true)
	made(f, api.PutPublicAccessBlock, &s3.PutPublicAccessBlockInput{Bucket: good, PublicAccessBlockConfiguration: &types.PublicAccessBlockConfiguration{
		BlockPublicAcls: on, BlockPublicPolicy: on, IgnorePublicAcls: on, RestrictPublicBuckets: on}})
	made(f, api.PutBucketVersioning, &s3.PutBucketVersioningInput{Bucket: good, VersioningConfiguration: &types.VersioningConfiguration{Status: types.BucketVersioningStatusEnabled}})
	made(f, api.PutBucketPolicy, &s3.PutBucketPolicyInput{Bucket: bad, Policy: aws.String(everybody("s3:GetObject", "arn:aws:s3:::clinic-bad/*"))})
	for _, rule := range []string{"public-access-blocked", "versioning", "no-public-store"} {
		f.plant(rule, "arn:aws:s3:::clinic-good", "arn:aws:s3:::clinic-bad")
	}
}

func (f *filler) databases() {
	api := rds.NewFromConfig(f.cfg)
	for _, name := range []string{"good", "bad"} {
		ok := name == "good"
		days := int32(0)
		if ok {
			days = 7
		}
		made(f, api.CreateDBInstance, &rds.CreateDBInstanceInput{DBInstanceIdentifier: aws.String("clinic-" + name), Engine: aws.String("postgres"), EngineVersion: aws.String("16.3"),
			DBInstanceClass: aws.String("db.t3.micro"), MasterUsername: aws.String("app"), MasterUserPassword: aws.String(strings.Repeat("p", 12)), AllocatedStorage: aws.Int32(20),
			PubliclyAccessible: aws.Bool(!ok), StorageEncrypted: aws.Bool(ok), BackupRetentionPeriod: &days, MultiAZ: aws.Bool(ok), DeletionProtection: aws.Bool(ok),
			EnableIAMDatabaseAuthentication: aws.Bool(ok)})
		made(f, api.CreateDBSnapshot, &rds.CreateDBSnapshotInput{DBInstanceIdentifier: aws.String("clinic-" + name), DBSnapshotIdentifier: aws.String("snap-" + name)})
	}
	made(f, api.ModifyDBSnapshotAttribute, &rds.ModifyDBSnapshotAttributeInput{DBSnapshotIdentifier: aws.String("snap-bad"), AttributeName: aws.String("restore"), ValuesToAdd: []string{"all"}})
	for _, rule := range []string{"public-address", "encryption-at-rest", "backup-retention", "deletion-protection", "iam-database-auth"} {
		f.plant(rule, at("rds", "db:clinic-good"), at("rds", "db:clinic-bad"))
	}
	for _, rule := range []string{"encryption-at-rest", "no-public-store"} {
		f.plant(rule, at("rds", "snapshot:snap-good"), at("rds", "snapshot:snap-bad"))
	}
	for _, name := range []string{"good", "bad"} {
		made(f, api.CreateDBCluster, &rds.CreateDBClusterInput{DBClusterIdentifier: aws.String("aurora-" + name), Engine: aws.String("aurora-postgresql"), MasterUsername: aws.String("app"),
			MasterUserPassword: aws.String(strings.Repeat("p", 12)), StorageEncrypted: aws.Bool(name == "good"), DeletionProtection: aws.Bool(false)})
	}
	f.plant("encryption-at-rest", at("rds", "cluster:aurora-good"), at("rds", "cluster:aurora-bad"))
}

func (f *filler) tables() {
	api := dynamodb.NewFromConfig(f.cfg)
	for _, name := range []string{"good", "bad"} {
		in := &dynamodb.CreateTableInput{TableName: aws.String("patients-" + name), BillingMode: ddb.BillingModePayPerRequest, DeletionProtectionEnabled: aws.Bool(name == "good"),
			KeySchema:            []ddb.KeySchemaElement{{AttributeName: aws.String("id"), KeyType: ddb.KeyTypeHash}},
			AttributeDefinitions: []ddb.AttributeDefinition{{AttributeName: aws.String("id"), AttributeType: ddb.ScalarAttributeTypeS}}}
		if name == "good" {
			in.SSESpecification = &ddb.SSESpecification{Enabled: aws.Bool(true), SSEType: ddb.SSETypeKms, KMSMasterKeyId: &f.key}
		}
		made(f, api.CreateTable, in)
	}
	made(f, api.UpdateContinuousBackups, &dynamodb.UpdateContinuousBackupsInput{TableName: aws.String("patients-good"),
		PointInTimeRecoverySpecification: &ddb.PointInTimeRecoverySpecification{PointInTimeRecoveryEnabled: aws.Bool(true)}})
	for _, rule := range []string{"point-in-time-recovery", "deletion-protection", "customer-managed-key"} {
		f.plant(rule, at("dynamodb", "table/patients-good"), at("dynamodb", "table/patients-bad"))
	}
}

func (f *filler) volumes() {
	api := ec2.NewFromConfig(f.cfg)
	var arns, snaps [2]string
	for i, good := range []bool{true, false} {
		v := made(f, api.CreateVolume, &ec2.CreateVolumeInput{AvailabilityZone: aws.String(Region + "a"), Size: aws.Int32(8), Encrypted: aws.Bool(good)})
		arns[i] = at("ec2", "volume/"+*v.VolumeId)
		s := made(f, api.CreateSnapshot, &ec2.CreateSnapshotInput{VolumeId: v.VolumeId})
		snaps[i] = at("ec2", "snapshot/"+*s.SnapshotId)
		if !good {
			made(f, api.ModifySnapshotAttribute, &ec2.ModifySnapshotAttributeInput{SnapshotId: s.SnapshotId, Attribute: ec2types.SnapshotAttributeNameCreateVolumePermission,
				OperationType: ec2types.OperationTypeAdd, GroupNames: []string{"all"}})
		}
	}
	f.plant("encryption-at-rest", arns[0], arns[1])
	f.plant("encryption-at-rest", snaps[0], snaps[1])
	f.plant("no-public-store", snaps[0], snaps[1])
}

func (f *filler) fileSystems() {
	api := efs.NewFromConfig(f.cfg)
	var arns [2]string
	for i, good := range []bool{true, false} {
		fs := made(f, api.CreateFileSystem, &efs.CreateFileSystemInput{CreationToken: aws.String(fmt.Sprint(good)), Encrypted: aws.Bool(good)})
		arns[i] = at("elasticfilesystem", "file-system/"+*fs.FileSystemId)
	}
	f.plant("encryption-at-rest", arns[0], arns[1])
}

func (f *filler) messages() {
	queues, topics, streams := sqs.NewFromConfig(f.cfg), sns.NewFromConfig(f.cfg), kinesis.NewFromConfig(f.cfg)
	for _, name := range []string{"good", "bad"} {
		set := map[string]string{"SqsManagedSseEnabled": "false", "Policy": everybody("sqs:*", "*")}
		about := map[string]string{"Policy": everybody("sns:Publish", at("sns", "topic-bad"))}
		if name == "good" {
			set, about = map[string]string{"KmsMasterKeyId": f.key}, map[string]string{"KmsMasterKeyId": f.key}
		}
		made(f, queues.CreateQueue, &sqs.CreateQueueInput{QueueName: aws.String("queue-" + name), Attributes: set})
		made(f, topics.CreateTopic, &sns.CreateTopicInput{Name: aws.String("topic-" + name), Attributes: about})
		made(f, streams.CreateStream, &kinesis.CreateStreamInput{StreamName: aws.String("stream-" + name), ShardCount: aws.Int32(1)})
	}
	made(f, streams.StartStreamEncryption, &kinesis.StartStreamEncryptionInput{StreamName: aws.String("stream-good"), EncryptionType: kinesistypes.EncryptionTypeKms, KeyId: &f.key})
	for _, rule := range []string{"encryption-at-rest", "no-public-store"} {
		f.plant(rule, at("sqs", "queue-good"), at("sqs", "queue-bad"))
	}
	for _, rule := range []string{"encryption-at-rest", "no-public-store"} {
		f.plant(rule, at("sns", "topic-good"), at("sns", "topic-bad"))
	}
	f.plant("encryption-at-rest", at("kinesis", "stream/stream-good"), at("kinesis", "stream/stream-bad"))
}

func (f *filler) secrets() {
	api := secretsmanager.NewFromConfig(f.cfg)
	good := made(f, api.CreateSecret, &secretsmanager.CreateSecretInput{Name: aws.String("secret-good"), SecretString: aws.String("{}"), KmsKeyId: &f.key})
	bad := made(f, api.CreateSecret, &secretsmanager.CreateSecretInput{Name: aws.String("secret-bad"), SecretString: aws.String("{}")})
	f.plant("customer-managed-key", *good.ARN, *bad.ARN)
	parameters := ssm.NewFromConfig(f.cfg)
	made(f, parameters.PutParameter, &ssm.PutParameterInput{Name: aws.String("/clinic/db/password"), Value: aws.String("x"), Type: ssmtypes.ParameterTypeString})
	made(f, parameters.PutParameter, &ssm.PutParameterInput{Name: aws.String("/clinic/db/secret"), Value: aws.String("x"), Type: ssmtypes.ParameterTypeSecureString})
}

func (f *filler) logs() {
	groups, trails := cloudwatchlogs.NewFromConfig(f.cfg), cloudtrail.NewFromConfig(f.cfg)
	for _, name := range []string{"good", "bad"} {
		made(f, groups.CreateLogGroup, &cloudwatchlogs.CreateLogGroupInput{LogGroupName: aws.String("group-" + name)})
	}
	made(f, groups.PutRetentionPolicy, &cloudwatchlogs.PutRetentionPolicyInput{LogGroupName: aws.String("group-good"), RetentionInDays: aws.Int32(30)})
	f.plant("log-retention-set", at("logs", "log-group:group-good"), at("logs", "log-group:group-bad"))
	for _, name := range []string{"good", "bad"} {
		made(f, trails.CreateTrail, &cloudtrail.CreateTrailInput{Name: aws.String("trail-" + name), S3BucketName: aws.String("clinic-good"),
			IsMultiRegionTrail: aws.Bool(name == "good"), EnableLogFileValidation: aws.Bool(name == "good")})
		made(f, trails.StartLogging, &cloudtrail.StartLoggingInput{Name: aws.String("trail-" + name)})
	}
	for _, rule := range []string{"trail-validated", "trail-in-all-regions"} {
		f.plant(rule, at("cloudtrail", "trail/trail-good"), at("cloudtrail", "trail/trail-bad"))
	}
}

func (f *filler) warehouses() {
	api := redshift.NewFromConfig(f.cfg)
	for _, name := range []string{"good", "bad"} {
		made(f, api.CreateCluster, &redshift.CreateClusterInput{ClusterIdentifier: aws.String("dw-" + name), NodeType: aws.String("ra3.xlplus"), MasterUsername: aws.String("app"),
			MasterUserPassword: aws.String("Aa1" + strings.Repeat("p", 9)), Encrypted: aws.Bool(name == "good"), PubliclyAccessible: aws.Bool(name == "bad")})
	}
	for _, rule := range []string{"encryption-at-rest", "public-address"} {
		f.plant(rule, at("redshift", "cluster:dw-good"), at("redshift", "cluster:dw-bad"))
	}
}

func (f *filler) vaults() {
	api := backup.NewFromConfig(f.cfg)
	made(f, api.CreateBackupVault, &backup.CreateBackupVaultInput{BackupVaultName: aws.String("vault-good"), EncryptionKeyArn: &f.key})
	made(f, api.CreateBackupVault, &backup.CreateBackupVaultInput{BackupVaultName: aws.String("vault-bad")})
	f.plant("customer-managed-key", at("backup", "backup-vault:vault-good"), at("backup", "backup-vault:vault-bad"))
}

func (f *filler) images() {
	api := ecr.NewFromConfig(f.cfg)
	made(f, api.CreateRepository, &ecr.CreateRepositoryInput{RepositoryName: aws.String("images-good"),
		EncryptionConfiguration: &ecrtypes.EncryptionConfiguration{EncryptionType: ecrtypes.EncryptionTypeKms, KmsKey: &f.key}})
	made(f, api.CreateRepository, &ecr.CreateRepositoryInput{RepositoryName: aws.String("images-bad")})
}

func (f *filler) roles() {
	api := iam.NewFromConfig(f.cfg)
	trust := `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"ec2.amazonaws.com"},"Action":"sts:AssumeRole"}]}`
	for name, action := range map[string]string{"good": "s3:ListAllMyBuckets", "bad": "*"} {
		made(f, api.CreateRole, &iam.CreateRoleInput{RoleName: aws.String("role-" + name), AssumeRolePolicyDocument: &trust})
		made(f, api.PutRolePolicy, &iam.PutRolePolicyInput{RoleName: aws.String("role-" + name), PolicyName: aws.String("inline"),
			PolicyDocument: aws.String(`{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"` + action + `","Resource":"*"}]}`)})
	}
}
