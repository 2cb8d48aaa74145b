package aws_test

import (
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/backup"
	backuptypes "github.com/aws/aws-sdk-go-v2/service/backup/types"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	ddb "github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	ec2types "github.com/aws/aws-sdk-go-v2/service/ec2/types"
	"github.com/aws/aws-sdk-go-v2/service/efs"
	efstypes "github.com/aws/aws-sdk-go-v2/service/efs/types"
	"github.com/aws/aws-sdk-go-v2/service/fsx"
	fsxtypes "github.com/aws/aws-sdk-go-v2/service/fsx/types"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/aws/awstest"
)

// files are file systems: one guarded in all ways, one in none, and one that nothing mounts.
func (f *storeFiller) files() {
	api, nets := efs.NewFromConfig(f.cfg), ec2.NewFromConfig(f.cfg)
	vpc := made(f, nets.CreateVpc, &ec2.CreateVpcInput{CidrBlock: ptr("10.31.0.0/16")}).Vpc.VpcId
	subnet := made(f, nets.CreateSubnet, &ec2.CreateSubnetInput{VpcId: vpc, CidrBlock: ptr("10.31.0.0/24"), AvailabilityZone: ptr("eu-west-1a")}).Subnet.SubnetId
	for name, cidr := range map[string]string{"guarded": "10.31.0.0/16", "open": "0.0.0.0/0", "lone": ""} {
		sealed := name == "guarded"
		in := &efs.CreateFileSystemInput{CreationToken: &name, Encrypted: &sealed, Tags: []efstypes.Tag{{Key: ptr("env"), Value: &name}}}
		settings := plain()
		if sealed {
			in.KmsKeyId, settings = &f.key, f.encrypted()
		}
		id := made(f, api.CreateFileSystem, in).FileSystemId
		arn := at("elasticfilesystem", "file-system/"+*id)
		settings["tags"] = fmt.Sprintf(`{"env":%q}`, name)
		settings["exposure.public"] = "false" // it has addresses of its network only
		settings["exposure.declared.policy"] = "null"
		settings["resilience.multi_zone"] = "true"
		settings["settings.unscoped_access_points"] = "[]"
		if sealed {
			policy := `{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Principal":{"AWS":"*"},"Action":"*","Resource":"` + arn + `","Condition":{"Bool":{"aws:SecureTransport":"false"}}}]}`
			made(f, api.PutFileSystemPolicy, &efs.PutFileSystemPolicyInput{FileSystemId: id, Policy: &policy})
			settings["exposure.declared.policy"], settings["encryption.in_transit"] = text(policy), "true"
		}
		if cidr != "" {
			group := made(f, nets.CreateSecurityGroup, &ec2.CreateSecurityGroupInput{GroupName: &name, Description: &name, VpcId: vpc}).GroupId
			made(f, nets.AuthorizeSecurityGroupIngress, &ec2.AuthorizeSecurityGroupIngressInput{GroupId: group, IpPermissions: []ec2types.IpPermission{
				{IpProtocol: ptr("tcp"), FromPort: ptr(int32(2049)), ToPort: ptr(int32(2049)), IpRanges: []ec2types.IpRange{{CidrIp: &cidr}}}}})
			made(f, api.CreateMountTarget, &efs.CreateMountTargetInput{FileSystemId: id, SubnetId: subnet, SecurityGroups: []string{*group}})
			settings["exposure.networks"] = fmt.Sprintf(`[{"cidr":%q,"protocol":"tcp","from":2049,"to":2049}]`, cidr)
			point := &efs.CreateAccessPointInput{ClientToken: &name, FileSystemId: id}
			if sealed {
				point.RootDirectory, point.PosixUser = &efstypes.RootDirectory{Path: ptr("/app")}, &efstypes.PosixUser{Uid: ptr(int64(1000)), Gid: ptr(int64(1000))}
			}
			if p := made(f, api.CreateAccessPoint, point).AccessPointArn; !sealed {
				settings["settings.unscoped_access_points"] = fmt.Sprintf("[%q]", *p)
			}
		} else {
			settings["exposure.networks"] = "null"
		}
		f.says(arn, settings)
	}
	lustre := made(f, fsx.NewFromConfig(f.cfg).CreateFileSystem, &fsx.CreateFileSystemInput{FileSystemType: fsxtypes.FileSystemTypeLustre, StorageCapacity: ptr(int32(1200)), SubnetIds: []string{*subnet}, KmsKeyId: &f.key,
		LustreConfiguration: &fsxtypes.CreateFileSystemLustreConfiguration{DeploymentType: fsxtypes.LustreDeploymentTypePersistent1, AutomaticBackupRetentionDays: ptr(int32(9))}}).FileSystem.ResourceARN
	f.says(*lustre, f.encrypted())
	f.says(*lustre, map[probity.Path]string{"settings.type": `"lustre"`, "resilience.backup_days": "9", "resilience.multi_zone": "false", "exposure.declared.addressed": "false"})
}

// table makes one that AWS Backup may take, and gives its ARN.
func (f *storeFiller) table(name, env string) string {
	made(f, dynamodb.NewFromConfig(f.cfg).CreateTable, &dynamodb.CreateTableInput{TableName: &name, BillingMode: ddb.BillingModePayPerRequest, Tags: []ddb.Tag{{Key: ptr("env"), Value: &env}},
		KeySchema:            []ddb.KeySchemaElement{{AttributeName: ptr("id"), KeyType: ddb.KeyTypeHash}},
		AttributeDefinitions: []ddb.AttributeDefinition{{AttributeName: ptr("id"), AttributeType: ddb.ScalarAttributeTypeS}}})
	return at("dynamodb", "table/"+name)
}

// backups are vaults and a plan of the emulator, with recorded shapes of what it lacks: ListBackupSelections, GetBackupSelection,
// DescribeRegionSettings, ListRecoveryPointsByBackupVault and GetBackupVaultAccessPolicy.
func (f *storeFiller) backups() awstest.Fault {
	api := backup.NewFromConfig(f.cfg)
	safe := made(f, api.CreateBackupVault, &backup.CreateBackupVaultInput{BackupVaultName: ptr("safe"), EncryptionKeyArn: &f.key}).BackupVaultArn
	loose := made(f, api.CreateBackupVault, &backup.CreateBackupVaultInput{BackupVaultName: ptr("loose")}).BackupVaultArn
	made(f, api.PutBackupVaultLockConfiguration, &backup.PutBackupVaultLockConfigurationInput{BackupVaultName: ptr("safe"), MinRetentionDays: ptr(int64(30)), MaxRetentionDays: ptr(int64(365)), ChangeableForDays: ptr(int64(7))})
	plan := made(f, api.CreateBackupPlan, &backup.CreateBackupPlanInput{BackupPlan: &backuptypes.BackupPlanInput{BackupPlanName: ptr("nightly"), Rules: []backuptypes.BackupRuleInput{
		{RuleName: ptr("night"), TargetBackupVaultName: ptr("safe"), Lifecycle: &backuptypes.Lifecycle{DeleteAfterDays: ptr(int64(35))},
			CopyActions: []backuptypes.CopyAction{{DestinationBackupVaultArn: ptr("arn:aws:backup:eu-central-1:" + awstest.Account + ":backup-vault:far")}}}}}})
	f.says(*safe, map[probity.Path]string{"encryption.at_rest": "true", "encryption.key_manager": `"customer-managed"`, "encryption.key": text(f.key), "settings.locked": "true",
		"settings.max_days": "365", "retention.lock_days": `{"set":true,"value":30}`})
	f.says(*loose, map[probity.Path]string{"encryption.at_rest": "true", "settings.locked": "false", "settings.immutable": "false", "retention.lock_days": `{"set":false,"value":0}`})
	f.says(*plan.BackupPlanArn, map[probity.Path]string{"settings.expires": "true", "settings.copies_to": `["arn:aws:backup:eu-central-1:123456789012:backup-vault:far"]`,
		"retention.rules": `[{"on":["night"],"days":35,"by":"","noncurrent":false}]`})
	for name, c := range map[string][2]string{"by-name": {"test", "35"}, "by-tag": {"prod", "35"}, "by-point": {"test", "90"}, "by-nothing": {"test", "0"}} {
		f.says(f.table(name, c[0]), map[probity.Path]string{"resilience.backup_days": c[1], "tags": fmt.Sprintf(`{"env":%q}`, c[0])})
	}
	created := time.Date(2026, 10, 20, 0, 0, 0, 0, time.UTC).Unix() // days before the scan
	point := at("backup", "recovery-point:1")
	f.says(point, map[probity.Path]string{"encryption.at_rest": "true", "encryption.key": text(f.key), "links": fmt.Sprintf(`[{"kind":"encrypted-by","to":{"id":%q}},{"kind":"snapshot-of","to":{"id":%q}}]`, f.key, at("dynamodb", "table/by-point"))})
	shapes := map[string]string{
		"Backup.ListBackupSelections":   `{"BackupSelectionsList":[{"BackupPlanId":"` + *plan.BackupPlanId + `","SelectionId":"names","SelectionName":"names"},{"BackupPlanId":"` + *plan.BackupPlanId + `","SelectionId":"tags","SelectionName":"tags"}]}`,
		"Backup.GetBackupSelection":     `{"SelectionId":"names","BackupSelection":{"SelectionName":"names","IamRoleArn":"arn:aws:iam::123456789012:role/b","Resources":["` + at("dynamodb", "table/by-name") + `"]}}`,
		"tags":                          `{"SelectionId":"tags","BackupSelection":{"SelectionName":"tags","IamRoleArn":"arn:aws:iam::123456789012:role/b","ListOfTags":[{"ConditionType":"STRINGEQUALS","ConditionKey":"env","ConditionValue":"prod"}]}}`,
		"Backup.DescribeRegionSettings": `{"ResourceTypeOptInPreference":{"DynamoDB":true,"EFS":false}}`,
		"Backup.ListRecoveryPointsByBackupVault": fmt.Sprintf(`{"RecoveryPoints":[{"RecoveryPointArn":%q,"BackupVaultName":"safe","BackupVaultArn":%q,"ResourceArn":%q,"ResourceType":"DynamoDB","ResourceName":"by-point","Status":"COMPLETED","CreationDate":%d,"IsEncrypted":true,"EncryptionKeyArn":%q,"Lifecycle":{"DeleteAfterDays":90}}]}`,
			point, *safe, at("dynamodb", "table/by-point"), created, f.key),
	}
	none := awstest.Answer(awstest.All, http.StatusBadRequest, "ResourceNotFoundException", "none")
	return func(r awstest.Request, w http.ResponseWriter) bool {
		name := r.Called
		switch {
		case name == "Backup.GetBackupVaultAccessPolicy", name == "Backup.ListRecoveryPointsByBackupVault" && strings.Contains(r.Operation, "loose"):
			return none(r, w)
		case name == "Backup.GetBackupSelection" && strings.Contains(r.Operation, "/tags"):
			name = "tags"
		}
		shape, ok := shapes[name]
		if ok {
			w.Header().Set("Content-Type", "application/json")
			_, _ = io.WriteString(w, shape)
		}
		return ok
	}
}
