package awstest

import (
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/cloudwatchlogs"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	ec2types "github.com/aws/aws-sdk-go-v2/service/ec2/types"
	"github.com/aws/aws-sdk-go-v2/service/rds"
	rdstypes "github.com/aws/aws-sdk-go-v2/service/rds/types"
)

// networks has a database behind a security group that is open to the world, in subnets with a way to the internet, and one behind
// a group that lets in its own network.
func (f *filler) networks() {
	api, databases := ec2.NewFromConfig(f.cfg), rds.NewFromConfig(f.cfg)
	vpc, subnets := f.openNetwork("10.20.")
	made(f, databases.CreateDBSubnetGroup, &rds.CreateDBSubnetGroupInput{DBSubnetGroupName: aws.String("open"), DBSubnetGroupDescription: aws.String("open"), SubnetIds: subnets})
	for name, from := range map[string]string{"good": "10.20.0.0/16", "bad": "0.0.0.0/0"} {
		group := made(f, api.CreateSecurityGroup, &ec2.CreateSecurityGroupInput{GroupName: aws.String("net-" + name), Description: aws.String("databases"), VpcId: vpc}).GroupId
		made(f, api.AuthorizeSecurityGroupIngress, &ec2.AuthorizeSecurityGroupIngressInput{GroupId: group, IpPermissions: []ec2types.IpPermission{
			{IpProtocol: aws.String("tcp"), FromPort: aws.Int32(5432), ToPort: aws.Int32(5432), IpRanges: []ec2types.IpRange{{CidrIp: &from}}}}})
		made(f, databases.CreateDBInstance, &rds.CreateDBInstanceInput{DBInstanceIdentifier: aws.String("net-" + name), Engine: aws.String("postgres"), EngineVersion: aws.String("16.3"),
			DBInstanceClass: aws.String("db.t3.micro"), MasterUsername: aws.String("app"), MasterUserPassword: aws.String(strings.Repeat("p", 12)), AllocatedStorage: aws.Int32(20), Port: aws.Int32(5432),
			PubliclyAccessible: aws.Bool(name == "bad"), VpcSecurityGroupIds: []string{*group}, DBSubnetGroupName: aws.String("open"), StorageEncrypted: aws.Bool(true)})
	}
	for _, rule := range []string{"network-open-to-world", "no-public-store", "public-address"} {
		f.plant(rule, at("rds", "db:net-good"), at("rds", "db:net-bad"))
	}
}

// openNetwork is one with subnets in two zones, and a way to the internet.
func (f *filler) openNetwork(prefix string) (vpc *string, subnets []string) {
	api := ec2.NewFromConfig(f.cfg)
	vpc = made(f, api.CreateVpc, &ec2.CreateVpcInput{CidrBlock: aws.String(prefix + "0.0/16")}).Vpc.VpcId
	for zone, net := range map[string]string{"a": "1.0/24", "b": "2.0/24"} {
		s := made(f, api.CreateSubnet, &ec2.CreateSubnetInput{VpcId: vpc, CidrBlock: aws.String(prefix + net), AvailabilityZone: aws.String(Region + zone)})
		subnets = append(subnets, *s.Subnet.SubnetId)
	}
	gate := made(f, api.CreateInternetGateway, &ec2.CreateInternetGatewayInput{}).InternetGateway.InternetGatewayId
	made(f, api.AttachInternetGateway, &ec2.AttachInternetGatewayInput{InternetGatewayId: gate, VpcId: vpc})
	table := made(f, api.CreateRouteTable, &ec2.CreateRouteTableInput{VpcId: vpc}).RouteTable.RouteTableId
	made(f, api.CreateRoute, &ec2.CreateRouteInput{RouteTableId: table, DestinationCidrBlock: aws.String("0.0.0.0/0"), GatewayId: gate})
	for _, s := range subnets {
		made(f, api.AssociateRouteTable, &ec2.AssociateRouteTableInput{RouteTableId: table, SubnetId: &s})
	}
	return vpc, subnets
}

// ways are an endpoint that is open to anybody's buckets and one for the own alone, and a destination for the logs of another account.
func (f *filler) ways() {
	api, groups := ec2.NewFromConfig(f.cfg), cloudwatchlogs.NewFromConfig(f.cfg)
	vpc := made(f, api.CreateVpc, &ec2.CreateVpcInput{CidrBlock: aws.String("10.30.0.0/16")}).Vpc.VpcId
	for _, policy := range []*string{nil, aws.String(everybody("s3:*", "arn:aws:s3:::clinic-good/*"))} {
		made(f, api.CreateVpcEndpoint, &ec2.CreateVpcEndpointInput{VpcId: vpc, ServiceName: aws.String("com.amazonaws." + Region + ".s3"),
			VpcEndpointType: ec2types.VpcEndpointTypeGateway, PolicyDocument: policy})
	}
	made(f, groups.PutDestination, &cloudwatchlogs.PutDestinationInput{DestinationName: aws.String("clinic"), RoleArn: aws.String("arn:aws:iam::" + Account + ":role/role-good"),
		TargetArn: aws.String(at("kinesis", "stream/stream-good"))})
	made(f, groups.PutDestinationPolicy, &cloudwatchlogs.PutDestinationPolicyInput{DestinationName: aws.String("clinic"), AccessPolicy: aws.String(
		`{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"210987654321"},"Action":"logs:PutSubscriptionFilter","Resource":"` + at("logs", "destination:clinic") + `"}]}`)})
}

// databaseSettings are what the parameter groups and the logs of databases decide.
func (f *filler) databaseSettings() {
	api := rds.NewFromConfig(f.cfg)
	for name, force := range map[string]string{"good": "1", "bad": "0"} {
		made(f, api.CreateDBParameterGroup, &rds.CreateDBParameterGroupInput{DBParameterGroupName: aws.String("tls-" + name), DBParameterGroupFamily: aws.String("postgres16"), Description: aws.String("tls")})
		made(f, api.ModifyDBParameterGroup, &rds.ModifyDBParameterGroupInput{DBParameterGroupName: aws.String("tls-" + name), Parameters: []rdstypes.Parameter{
			{ParameterName: aws.String("rds.force_ssl"), ParameterValue: &force, ApplyMethod: rdstypes.ApplyMethodImmediate}}})
		in := &rds.CreateDBInstanceInput{DBInstanceIdentifier: aws.String("tls-" + name), Engine: aws.String("postgres"), EngineVersion: aws.String("16.3"), DBInstanceClass: aws.String("db.t3.micro"),
			MasterUsername: aws.String("app"), MasterUserPassword: aws.String(strings.Repeat("p", 12)), AllocatedStorage: aws.Int32(20), StorageEncrypted: aws.Bool(true),
			DBParameterGroupName: aws.String("tls-" + name)}
		if name == "good" {
			in.EnableCloudwatchLogsExports, in.KmsKeyId = []string{"postgresql"}, &f.key
		}
		made(f, api.CreateDBInstance, in)
	}
	for _, rule := range []string{"encryption-in-transit", "database-logs-exported"} {
		f.plant(rule, at("rds", "db:tls-good"), at("rds", "db:tls-bad"))
	}
	for _, name := range []string{"good", "bad"} {
		made(f, api.CreateDBCluster, &rds.CreateDBClusterInput{DBClusterIdentifier: aws.String("neptune-" + name), Engine: aws.String("neptune"), MasterUsername: aws.String("app"),
			MasterUserPassword: aws.String(strings.Repeat("p", 12)), StorageEncrypted: aws.Bool(name == "good"), DeletionProtection: aws.Bool(name == "good"),
			BackupRetentionPeriod: aws.Int32(map[string]int32{"good": 14, "bad": 1}[name])})
	}
	for _, rule := range []string{"encryption-at-rest", "deletion-protection", "backup-retention"} {
		f.plant(rule, at("rds", "cluster:neptune-good"), at("rds", "cluster:neptune-bad"))
	}
}
