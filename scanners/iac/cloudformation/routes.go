package cloudformation

import probity "github.com/probity-scan/probity"

// routes are subnets and what leads out of them.
func routes() []entry {
	group := func(named properties) properties { return with(named, properties{"SubnetIds": attr("subnet_ids")}) }
	return []entry{
		{Type: "AWS::EC2::Subnet", As: "aws_subnet", Attributes: map[string]string{"SubnetId": "id"}},
		{Type: "AWS::EC2::VPNGateway", As: "aws_vpn_gateway"},
		{Type: "AWS::EC2::RouteTable", As: "aws_route_table", Attributes: map[string]string{"RouteTableId": "id"}},
		{Type: "AWS::EC2::SubnetRouteTableAssociation", As: "aws_route_table_association", Properties: properties{
			"SubnetId": attr("subnet_id"), "RouteTableId": attr("route_table_id"),
		}},
		{Type: "AWS::EC2::Route", As: "aws_route", Properties: properties{
			"RouteTableId": attr("route_table_id"), "GatewayId": attr("gateway_id"), "NatGatewayId": attr("nat_gateway_id"),
			"VpcPeeringConnectionId": attr("vpc_peering_connection_id"), "TransitGatewayId": attr("transit_gateway_id"),
			"EgressOnlyInternetGatewayId": attr("egress_only_gateway_id"),
		}},
		{Type: "AWS::EC2::VPCEndpoint", As: "aws_vpc_endpoint", Properties: properties{
			"ServiceName": attr("service_name"), "VpcEndpointType": attr("vpc_endpoint_type"), "VpcId": attr("vpc_id"), "PolicyDocument": document("policy"),
			"PrivateDnsEnabled": attr("private_dns_enabled"), "Tags": tags,
		}, After: func(t *translation) {
			t.unless("private_dns_enabled", unknown(probity.Unresolved, "the template leaves private names to EC2"))
		}},
		{Type: "AWS::RDS::DBSubnetGroup", As: "aws_db_subnet_group", Ref: "name", Properties: group(properties{"DBSubnetGroupName": attr("name")})},
		{Type: "AWS::Redshift::ClusterSubnetGroup", As: "aws_redshift_subnet_group", Ref: "name", Properties: group(properties{})},
		{Type: "AWS::DMS::ReplicationSubnetGroup", As: "aws_dms_replication_subnet_group", Ref: "replication_subnet_group_id",
			Properties: group(properties{"ReplicationSubnetGroupIdentifier": attr("replication_subnet_group_id")})},
	}
}
