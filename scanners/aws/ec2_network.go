package aws

import (
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
)

func ec2Network() service {
	return service{name: "ec2-network", id: "EC2", lists: []string{"aws_security_group"},
		calls: []call{{operation: "DescribeSecurityGroups", action: "ec2:DescribeSecurityGroups"}},
		read: func(r *reader) {
			api := ec2.NewFromConfig(r.cfg)
			for g, at := range list(r, ec2.NewDescribeSecurityGroupsPaginator(api, &ec2.DescribeSecurityGroupsInput{}),
				func(p *ec2.DescribeSecurityGroupsOutput) []types.SecurityGroup { return p.SecurityGroups }, "aws_security_group") {
				r.add(Thing{Type: "aws_security_group", ARN: value(g.SecurityGroupArn), ID: value(g.GroupId), At: at, Attrs: attrs{
					"name":    g.GroupName,
					"vpc_id":  g.VpcId,
					"tags":    ec2Tags(g.Tags),
					"ingress": each(g.IpPermissions, ec2Ingress),
				}})
			}
		}}
}

func ec2Ingress(p types.IpPermission) any {
	return attrs{
		"protocol":         p.IpProtocol,
		"from_port":        p.FromPort,
		"to_port":          p.ToPort,
		"cidr_blocks":      each(p.IpRanges, func(r types.IpRange) any { return r.CidrIp }),
		"ipv6_cidr_blocks": each(p.Ipv6Ranges, func(r types.Ipv6Range) any { return r.CidrIpv6 }),
		"prefix_list_ids":  each(p.PrefixListIds, func(l types.PrefixListId) any { return l.PrefixListId }),
	}
}

func ec2Tags(in []types.Tag) map[string]string {
	return tags(in, func(t types.Tag) (*string, *string) { return t.Key, t.Value })
}
