package aws

import (
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
)

// vpcEndpoints lists the ways from networks to services. Those that lead to somebody's own service take no policy.
func (r *reader) vpcEndpoints(api *ec2.Client) {
	for v, at := range list(r, api.DescribeVpcEndpoints, &ec2.DescribeVpcEndpointsInput{},
		func(p *ec2.DescribeVpcEndpointsOutput) []types.VpcEndpoint { return p.VpcEndpoints }, "aws_vpc_endpoint") {
		r.add(Thing{Type: "aws_vpc_endpoint", ARN: r.arn("ec2", "vpc-endpoint/"+value(v.VpcEndpointId)), ID: value(v.VpcEndpointId), Created: v.CreationTimestamp, At: at, Attrs: attrs{
			"service_name":        v.ServiceName,
			"vpc_endpoint_type":   word(v.VpcEndpointType),
			"vpc_id":              v.VpcId,
			"state":               word(v.State),
			"private_dns_enabled": value(v.PrivateDnsEnabled),
			"policy":              policyText(v.PolicyDocument),
			"tags":                ec2Tags(v.Tags),
		}})
	}
}
