package cloudformation

// ec2 are volumes and security groups.
func ec2() []entry {
	rule := func(v4, v6, list, protocol string) properties {
		return properties{
			"CidrIp": attr(v4), "CidrIpv6": attr(v6), "SourcePrefixListId": attr(list), "IpProtocol": attr(protocol), "FromPort": attr("from_port"), "ToPort": attr("to_port"),
		}
	}
	return []entry{
		{Type: "AWS::EC2::Volume", As: "aws_ebs_volume", Attributes: map[string]string{"VolumeId": "id"}, Properties: properties{
			"Encrypted": attr("encrypted"), "KmsKeyId": attr("kms_key_id"), "SnapshotId": attr("snapshot_id"), "SourceVolumeId": attr("snapshot_id"), "Tags": tags,
		}},
		{Type: "AWS::EC2::Subnet", As: "aws_subnet", Attributes: map[string]string{"SubnetId": "id"}, Properties: properties{"VpcId": attr("vpc_id"), "Tags": tags}},
		{Type: "AWS::EC2::InternetGateway", As: "aws_internet_gateway", Attributes: map[string]string{"InternetGatewayId": "id"}},
		{Type: "AWS::EC2::RouteTable", As: "aws_route_table", Attributes: map[string]string{"RouteTableId": "id"}, Properties: properties{"VpcId": attr("vpc_id")}},
		{Type: "AWS::EC2::Route", As: "aws_route", Properties: properties{"RouteTableId": attr("route_table_id"), "GatewayId": attr("gateway_id"), "DestinationCidrBlock": attr("destination_cidr_block")}},
		{Type: "AWS::EC2::SubnetRouteTableAssociation", As: "aws_route_table_association", Properties: properties{"SubnetId": attr("subnet_id"), "RouteTableId": attr("route_table_id")}},
		{Type: "AWS::EC2::SecurityGroup", As: "aws_security_group", Attributes: map[string]string{"GroupId": "id", "GroupName": "name"}, Properties: properties{
			"GroupName":            attr("name"),
			"SecurityGroupIngress": block("ingress", rule("cidr_blocks", "ipv6_cidr_blocks", "prefix_list_ids", "protocol")),
			"Tags":                 tags,
		}},
		{Type: "AWS::EC2::SecurityGroupIngress", As: "aws_vpc_security_group_ingress_rule",
			Properties: with(rule("cidr_ipv4", "cidr_ipv6", "prefix_list_id", "ip_protocol"), properties{
				"GroupId": attr("security_group_id"), "GroupName": attr("security_group_id"),
			})},
	}
}
