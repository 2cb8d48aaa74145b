package awstest

import (
	"fmt"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	ddb "github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/kms"
	"github.com/aws/aws-sdk-go-v2/service/rds"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"
	"github.com/aws/aws-sdk-go-v2/service/secretsmanager"
	"github.com/aws/aws-sdk-go-v2/service/sns"
	"github.com/aws/aws-sdk-go-v2/service/sqs"
)

// Amounts is how many stores of each kind a crowd has, every third set badly.
type Amounts struct {
	Buckets, Objects, Databases, Tables, Volumes, Queues, Topics, Secrets, Keys int
}

// Crowd puts many stores into the emulator and tells the IDs of those set badly, by the rule that says so.
func Crowd(t testing.TB, endpoint string, n Amounts) []Planted {
	t.Helper()
	f := &filler{t: t, cfg: Config(t, endpoint, Region)}
	f.manyKeys(n.Keys)
	f.manyBuckets(n.Buckets, n.Objects)
	f.manyDatabases(n.Databases)
	f.manyTables(n.Tables)
	f.manyVolumes(n.Volumes)
	f.manyMessages(n.Queues, n.Topics)
	secrets := secretsmanager.NewFromConfig(f.cfg)
	for i := range n.Secrets {
		made(f, secrets.CreateSecret, &secretsmanager.CreateSecretInput{Name: aws.String(fmt.Sprintf("secret-%04d", i)), SecretString: aws.String("{}")})
	}
	return f.planted
}

// say notes what a rule must say of one store.
func (f *filler) say(rule, asset string, bad bool) {
	f.planted = append(f.planted, Planted{Asset: asset, Rule: rule, Bad: bad})
}

func (f *filler) manyKeys(n int) {
	api := kms.NewFromConfig(f.cfg)
	for i := range n {
		key := made(f, api.CreateKey, &kms.CreateKeyInput{}).KeyMetadata
		if f.key = *key.Arn; i%3 > 0 {
			made(f, api.EnableKeyRotation, &kms.EnableKeyRotationInput{KeyId: key.KeyId})
		}
		f.say("key-rotation", *key.Arn, i%3 == 0)
	}
}

func (f *filler) manyBuckets(n, objects int) {
	api, on := s3.NewFromConfig(f.cfg, func(o *s3.Options) { o.UsePathStyle = true }), aws.Bool(true)
	for i := range n {
		name := aws.String(fmt.Sprintf("crowd-%04d", i))
		made(f, api.CreateBucket, &s3.CreateBucketInput{Bucket: name, CreateBucketConfiguration: &types.CreateBucketConfiguration{LocationConstraint: Region}})
		if i%3 > 0 {
			made(f, api.PutPublicAccessBlock, &s3.PutPublicAccessBlockInput{Bucket: name, PublicAccessBlockConfiguration: &types.PublicAccessBlockConfiguration{
				BlockPublicAcls: on, BlockPublicPolicy: on, IgnorePublicAcls: on, RestrictPublicBuckets: on}})
		}
		if i%4 > 0 {
			made(f, api.PutBucketVersioning, &s3.PutBucketVersioningInput{Bucket: name, VersioningConfiguration: &types.VersioningConfiguration{Status: types.BucketVersioningStatusEnabled}})
		}
		for j := range objects / n {
			made(f, api.PutObject, &s3.PutObjectInput{Bucket: name, Key: aws.String(fmt.Sprintf("%c/%05d.csv", 'a'+j%3, j)), Body: strings.NewReader("id\n1\n")})
		}
		f.say("public-access-blocked", "arn:aws:s3:::"+*name, i%3 == 0)
		f.say("versioning", "arn:aws:s3:::"+*name, i%4 == 0)
	}
}

func (f *filler) manyDatabases(n int) {
	api := rds.NewFromConfig(f.cfg)
	for i := range n {
		name := fmt.Sprintf("db-%04d", i)
		made(f, api.CreateDBInstance, &rds.CreateDBInstanceInput{DBInstanceIdentifier: &name, Engine: aws.String("postgres"), EngineVersion: aws.String("16.3"), DBInstanceClass: aws.String("db.t3.micro"),
			MasterUsername: aws.String("app"), MasterUserPassword: aws.String(strings.Repeat("p", 12)), AllocatedStorage: aws.Int32(20), StorageEncrypted: aws.Bool(i%3 > 0),
			PubliclyAccessible: aws.Bool(i%5 == 0), DeletionProtection: aws.Bool(i%4 > 0)})
		f.say("encryption-at-rest", at("rds", "db:"+name), i%3 == 0)
		f.say("public-address", at("rds", "db:"+name), i%5 == 0)
		f.say("deletion-protection", at("rds", "db:"+name), i%4 == 0)
	}
}

func (f *filler) manyTables(n int) {
	api := dynamodb.NewFromConfig(f.cfg)
	for i := range n {
		name := fmt.Sprintf("table-%04d", i)
		made(f, api.CreateTable, &dynamodb.CreateTableInput{TableName: &name, BillingMode: ddb.BillingModePayPerRequest, DeletionProtectionEnabled: aws.Bool(i%4 > 0),
			KeySchema:            []ddb.KeySchemaElement{{AttributeName: aws.String("id"), KeyType: ddb.KeyTypeHash}},
			AttributeDefinitions: []ddb.AttributeDefinition{{AttributeName: aws.String("id"), AttributeType: ddb.ScalarAttributeTypeS}}})
		if i%3 > 0 {
			made(f, api.UpdateContinuousBackups, &dynamodb.UpdateContinuousBackupsInput{TableName: &name,
				PointInTimeRecoverySpecification: &ddb.PointInTimeRecoverySpecification{PointInTimeRecoveryEnabled: aws.Bool(true)}})
		}
		f.say("point-in-time-recovery", at("dynamodb", "table/"+name), i%3 == 0)
		f.say("deletion-protection", at("dynamodb", "table/"+name), i%4 == 0)
	}
}

func (f *filler) manyVolumes(n int) {
	api := ec2.NewFromConfig(f.cfg)
	for i := range n {
		v := made(f, api.CreateVolume, &ec2.CreateVolumeInput{AvailabilityZone: aws.String(Region + "a"), Size: aws.Int32(8), Encrypted: aws.Bool(i%3 > 0)})
		f.say("encryption-at-rest", at("ec2", "volume/"+*v.VolumeId), i%3 == 0)
		if i%2 == 0 {
			s := made(f, api.CreateSnapshot, &ec2.CreateSnapshotInput{VolumeId: v.VolumeId})
			f.say("encryption-at-rest", at("ec2", "snapshot/"+*s.SnapshotId), i%3 == 0)
		}
	}
}

func (f *filler) manyMessages(queues, topics int) {
	q, t := sqs.NewFromConfig(f.cfg), sns.NewFromConfig(f.cfg)
	for i := range queues {
		name, set := fmt.Sprintf("queue-%04d", i), map[string]string{"SqsManagedSseEnabled": "false"}
		if i%3 > 0 {
			set = map[string]string{"KmsMasterKeyId": f.key}
		}
		made(f, q.CreateQueue, &sqs.CreateQueueInput{QueueName: &name, Attributes: set})
		f.say("encryption-at-rest", at("sqs", name), i%3 == 0)
	}
	for i := range topics {
		name, set := fmt.Sprintf("topic-%04d", i), map[string]string{}
		if i%3 > 0 {
			set["KmsMasterKeyId"] = f.key
		}
		made(f, t.CreateTopic, &sns.CreateTopicInput{Name: &name, Attributes: set})
		f.say("encryption-at-rest", at("sns", name), i%3 == 0)
	}
}
