package aws_test

import (
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/aws/awstest"
)

// endpoints are ways from a network to services: with the policy that AWS gives, and with one that keeps strangers out.
func (f *storeFiller) endpoints() {
	api := ec2.NewFromConfig(f.cfg)
	vpc := made(f, api.CreateVpc, &ec2.CreateVpcInput{CidrBlock: ptr("10.40.0.0/16")}).Vpc.VpcId
	subnet := made(f, api.CreateSubnet, &ec2.CreateSubnetInput{VpcId: vpc, CidrBlock: ptr("10.40.1.0/24")}).Subnet.SubnetId
	service := func(name string) *string { return ptr("com.amazonaws." + awstest.Region + "." + name) }
	full := made(f, api.CreateVpcEndpoint, &ec2.CreateVpcEndpointInput{VpcId: vpc, ServiceName: service("s3"), VpcEndpointType: types.VpcEndpointTypeGateway}).VpcEndpoint.VpcEndpointId
	const own = `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*","Condition":{"StringEquals":{"aws:PrincipalAccount":"` + awstest.Account +
		`","aws:ResourceAccount":"` + awstest.Account + `"}}}]}`
	kept := made(f, api.CreateVpcEndpoint, &ec2.CreateVpcEndpointInput{VpcId: vpc, ServiceName: service("sqs"), VpcEndpointType: types.VpcEndpointTypeInterface, SubnetIds: []string{*subnet},
		PrivateDnsEnabled: ptr(true), PolicyDocument: ptr(own)}).VpcEndpoint.VpcEndpointId
	f.says(at("ec2", "vpc-endpoint/"+*full), map[probity.Path]string{"settings.service": text(service("s3")), "settings.type": `"Gateway"`, "settings.vpc": text(vpc), "settings.state": `"available"`,
		"settings.open": "true", "exposure.public": "false", "exposure.outside": `[{"principal":"*","actions":["*"],"on":[]}]`})
	f.says(at("ec2", "vpc-endpoint/"+*kept), map[probity.Path]string{"settings.type": `"Interface"`, "settings.private_dns": "true", "settings.open": "false",
		"exposure.public": "false", "exposure.outside": "null", "exposure.declared.policy": text(own)})
}
