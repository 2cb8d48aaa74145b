package awstest

import (
	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	ec2types "github.com/aws/aws-sdk-go-v2/service/ec2/types"
	"github.com/aws/aws-sdk-go-v2/service/ecr"
	"github.com/aws/aws-sdk-go-v2/service/efs"
	"github.com/aws/aws-sdk-go-v2/service/eventbridge"
	"github.com/aws/aws-sdk-go-v2/service/kinesis"
	"github.com/aws/aws-sdk-go-v2/service/kms"
	"github.com/aws/aws-sdk-go-v2/service/rds"
	"github.com/aws/aws-sdk-go-v2/service/secretsmanager"
)

// stranger is an account that nobody trusts.
const stranger = "444455556666"

// shares are snapshots that one other account may restore.
func (f *filler) shares() {
	databases, volumes := rds.NewFromConfig(f.cfg), ec2.NewFromConfig(f.cfg)
	made(f, databases.CreateDBSnapshot, &rds.CreateDBSnapshotInput{DBInstanceIdentifier: aws.String("clinic-good"), DBSnapshotIdentifier: aws.String("snap-lent")})
	made(f, databases.ModifyDBSnapshotAttribute, &rds.ModifyDBSnapshotAttributeInput{DBSnapshotIdentifier: aws.String("snap-lent"), AttributeName: aws.String("restore"), ValuesToAdd: []string{stranger}})
	f.plant("outside-readers", at("rds", "snapshot:snap-good"), at("rds", "snapshot:snap-lent"))
	f.planted = append(f.planted, Planted{Asset: at("rds", "snapshot:snap-lent"), Rule: "no-public-store"})
	var arns [2]string
	for i, lent := range []bool{false, true} {
		v := made(f, volumes.CreateVolume, &ec2.CreateVolumeInput{AvailabilityZone: aws.String(Region + "a"), Size: aws.Int32(8), Encrypted: aws.Bool(true)})
		s := made(f, volumes.CreateSnapshot, &ec2.CreateSnapshotInput{VolumeId: v.VolumeId})
		arns[i] = at("ec2", "snapshot/"+*s.SnapshotId)
		if lent {
			made(f, volumes.ModifySnapshotAttribute, &ec2.ModifySnapshotAttributeInput{SnapshotId: s.SnapshotId, Attribute: ec2types.SnapshotAttributeNameCreateVolumePermission,
				OperationType: ec2types.OperationTypeAdd, UserIds: []string{stranger}})
		}
	}
	f.plant("outside-readers", arns[0], arns[1])
}

// lending is a policy that lets another account do something.
func lending(action, resource string) string {
	return `{"Version":"2012-10-17","Statement":[{"Sid":"lent","Effect":"Allow","Principal":{"AWS":"arn:aws:iam::` + stranger + `:root"},"Action":"` + action + `","Resource":"` + resource + `"}]}`
}

// doors are stores whose own policy lets everybody in, or an account that nobody trusts.
func (f *filler) doors() {
	f.openKeys()
	f.openSecrets()
	f.openFileSystems()
	tables, streams, buses, images := dynamodb.NewFromConfig(f.cfg), kinesis.NewFromConfig(f.cfg), eventbridge.NewFromConfig(f.cfg), ecr.NewFromConfig(f.cfg)
	table := at("dynamodb", "table/patients-bad")
	made(f, tables.PutResourcePolicy, &dynamodb.PutResourcePolicyInput{ResourceArn: &table, Policy: aws.String(lending("dynamodb:GetItem", table))})
	f.plant("outside-readers", at("dynamodb", "table/patients-good"), table)
	stream := at("kinesis", "stream/stream-bad")
	made(f, streams.PutResourcePolicy, &kinesis.PutResourcePolicyInput{ResourceARN: &stream, Policy: aws.String(lending("kinesis:GetRecords", stream))})
	f.plant("outside-readers", at("kinesis", "stream/stream-good"), stream)
	for _, name := range []string{"bus-good", "bus-bad"} {
		made(f, buses.CreateEventBus, &eventbridge.CreateEventBusInput{Name: &name})
	}
	made(f, buses.PutPermission, &eventbridge.PutPermissionInput{EventBusName: aws.String("bus-bad"), Policy: aws.String(everybody("events:PutEvents", at("events", "event-bus/bus-bad")))})
	f.plant("no-public-store", at("events", "event-bus/bus-good"), at("events", "event-bus/bus-bad"))
	made(f, images.SetRepositoryPolicy, &ecr.SetRepositoryPolicyInput{RepositoryName: aws.String("images-bad"),
		PolicyText: aws.String(`{"Version":"2012-10-17","Statement":[{"Sid":"all","Effect":"Allow","Principal":"*","Action":["ecr:BatchGetImage","ecr:GetDownloadUrlForLayer"]}]}`)})
	for _, rule := range []string{"no-public-store", "customer-managed-key"} {
		f.plant(rule, at("ecr", "repository/images-good"), at("ecr", "repository/images-bad"))
	}
}

func (f *filler) openKeys() {
	api := kms.NewFromConfig(f.cfg)
	bad := made(f, api.CreateKey, &kms.CreateKeyInput{Description: aws.String("open")}).KeyMetadata
	made(f, api.PutKeyPolicy, &kms.PutKeyPolicyInput{KeyId: bad.KeyId, PolicyName: aws.String("default"), Policy: aws.String(everybody("kms:*", "*"))})
	f.plant("no-public-store", f.key, *bad.Arn)
}

func (f *filler) openSecrets() {
	api := secretsmanager.NewFromConfig(f.cfg)
	var arns [3]string
	for i, name := range []string{"door-good", "door-bad", "door-lent"} {
		arns[i] = *made(f, api.CreateSecret, &secretsmanager.CreateSecretInput{Name: &name, SecretString: aws.String("{}")}).ARN
	}
	made(f, api.PutResourcePolicy, &secretsmanager.PutResourcePolicyInput{SecretId: &arns[1], ResourcePolicy: aws.String(everybody("secretsmanager:GetSecretValue", "*"))})
	made(f, api.PutResourcePolicy, &secretsmanager.PutResourcePolicyInput{SecretId: &arns[2], ResourcePolicy: aws.String(lending("secretsmanager:GetSecretValue", "*"))})
	f.plant("no-public-store", arns[0], arns[1])
	f.plant("outside-readers", arns[0], arns[2])
}

func (f *filler) openFileSystems() {
	api := efs.NewFromConfig(f.cfg)
	var arns [2]string
	for i, name := range []string{"door-good", "door-bad"} {
		fs := made(f, api.CreateFileSystem, &efs.CreateFileSystemInput{CreationToken: &name, Encrypted: aws.Bool(true)})
		arns[i] = at("elasticfilesystem", "file-system/"+*fs.FileSystemId)
		policy := lending("elasticfilesystem:ClientMount", arns[i])
		if name == "door-good" {
			policy = `{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Principal":{"AWS":"*"},"Action":"*","Resource":"` + arns[i] + `","Condition":{"Bool":{"aws:SecureTransport":"false"}}}]}`
		}
		made(f, api.PutFileSystemPolicy, &efs.PutFileSystemPolicyInput{FileSystemId: fs.FileSystemId, Policy: &policy})
	}
	f.plant("encryption-in-transit", arns[0], arns[1])
}
