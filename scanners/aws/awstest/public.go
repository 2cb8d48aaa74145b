package awstest

import (
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	ec2types "github.com/aws/aws-sdk-go-v2/service/ec2/types"
	"github.com/aws/aws-sdk-go-v2/service/rds"
)

// Public makes what lets the internet in to databases that have a public address: a group of security, and one of subnets.
func Public(t testing.TB, endpoint string) (guard, subnets string) {
	t.Helper()
	f := &filler{t: t, cfg: Config(t, endpoint, Region)}
	vpc, ids := f.openNetwork("10.30.")
	api := ec2.NewFromConfig(f.cfg)
	guard = *made(f, api.CreateSecurityGroup, &ec2.CreateSecurityGroupInput{GroupName: aws.String("public"), Description: aws.String("everybody"), VpcId: vpc}).GroupId
	made(f, api.AuthorizeSecurityGroupIngress, &ec2.AuthorizeSecurityGroupIngressInput{GroupId: &guard, IpPermissions: []ec2types.IpPermission{
		{IpProtocol: aws.String("tcp"), FromPort: aws.Int32(0), ToPort: aws.Int32(65535), IpRanges: []ec2types.IpRange{{CidrIp: aws.String("0.0.0.0/0")}}}}})
	subnets = "public"
	made(f, rds.NewFromConfig(f.cfg).CreateDBSubnetGroup, &rds.CreateDBSubnetGroupInput{DBSubnetGroupName: &subnets, DBSubnetGroupDescription: &subnets, SubnetIds: ids})
	return guard, subnets
}
