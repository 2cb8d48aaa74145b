package aws

import (
	"slices"
	"strings"
	"sync"

	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"

	probity "github.com/probity-scan/probity"
)

// ec2Network is what stands before stores: it is read whatever services are asked for.
func ec2Network() service {
	return service{name: "ec2-network", id: "EC2", lists: []string{"aws_security_group", "aws_subnet", "aws_route_table", "aws_route_table_association", "aws_vpc_endpoint"},
		calls: callsAs("ec2", "DescribeSecurityGroups", "GetManagedPrefixListEntries", "DescribeSubnets", "DescribeRouteTables", "DescribeNetworkInterfaces", "DescribeVpcEndpoints"),
		read: func(r *reader) {
			api := ec2.NewFromConfig(r.cfg)
			var wg sync.WaitGroup
			wg.Go(func() { r.securityGroups(api) })
			wg.Go(func() { r.subnetsAndRoutes(api) })
			wg.Go(func() { r.vpcEndpoints(api) })
			wg.Wait()
		}}
}

// securityGroups lists the groups, and asks once for each list of ranges that their rules name.
func (r *reader) securityGroups(api *ec2.Client) {
	type found struct {
		group types.SecurityGroup
		at    *probity.Origin
	}
	var groups []found
	var named []string
	for g, at := range list(r, api.DescribeSecurityGroups, &ec2.DescribeSecurityGroupsInput{},
		func(p *ec2.DescribeSecurityGroupsOutput) []types.SecurityGroup { return p.SecurityGroups }, "aws_security_group") {
		groups = append(groups, found{g, at})
		for _, p := range g.IpPermissions {
			for _, l := range p.PrefixListIds {
				named = append(named, value(l.PrefixListId))
			}
		}
	}
	slices.Sort(named)
	lists := r.prefixLists(api, slices.Compact(named))
	for _, f := range groups {
		g := f.group
		r.add(Thing{Type: "aws_security_group", ARN: r.arnOr(g.SecurityGroupArn, "ec2", "security-group/"+value(g.GroupId)), ID: value(g.GroupId), At: f.at, Attrs: attrs{
			"name":    g.GroupName,
			"vpc_id":  g.VpcId,
			"tags":    ec2Tags(g.Tags),
			"ingress": each(g.IpPermissions, func(p types.IpPermission) any { return lists.ingress(p) }),
		}})
	}
}

// prefixes are the ranges of lists of them, and why those of a list could not be had.
type prefixes struct {
	ranges map[string][]string
	gaps   map[string]*probity.Gap
}

func (r *reader) prefixLists(api *ec2.Client, ids []string) prefixes {
	out := prefixes{ranges: map[string][]string{}, gaps: map[string]*probity.Gap{}}
	var mu sync.Mutex
	many(r, over(ids), func(id string, _ *probity.Origin) {
		var ranges []string
		var gap *probity.Gap
		for page, err := range pages(r.ctx, api.GetManagedPrefixListEntries, &ec2.GetManagedPrefixListEntriesInput{PrefixListId: &id}) {
			if err != nil {
				g := r.permits.gap(err)
				gap = &g
				break
			}
			for _, e := range page.Entries {
				ranges = append(ranges, value(e.Cidr))
			}
		}
		mu.Lock()
		defer mu.Unlock()
		out.ranges[id], out.gaps[id] = ranges, gap
	})
	return out
}

// ingress is a rule with the ranges of its prefix lists among its own. A list that could not be read stays, as its gap.
func (x prefixes) ingress(p types.IpPermission) any {
	v4 := each(p.IpRanges, func(r types.IpRange) any { return r.CidrIp })
	v6 := each(p.Ipv6Ranges, func(r types.Ipv6Range) any { return r.CidrIpv6 })
	var lists any
	for _, l := range p.PrefixListIds {
		id := value(l.PrefixListId)
		for _, c := range x.ranges[id] {
			if strings.Contains(c, ":") {
				v6 = append(v6, c)
			} else {
				v4 = append(v4, c)
			}
		}
		if g := x.gaps[id]; g != nil {
			lists = unread{*g}
		}
	}
	return attrs{"protocol": p.IpProtocol, "from_port": p.FromPort, "to_port": p.ToPort, "cidr_blocks": v4, "ipv6_cidr_blocks": v6, "prefix_list_ids": lists}
}

// subnetsAndRoutes lists subnets and the tables they take their routes from.
func (r *reader) subnetsAndRoutes(api *ec2.Client) {
	vpcs := map[string]string{} // by subnet
	for s, at := range list(r, api.DescribeSubnets, &ec2.DescribeSubnetsInput{},
		func(p *ec2.DescribeSubnetsOutput) []types.Subnet { return p.Subnets }, "aws_subnet") {
		vpcs[value(s.SubnetId)] = value(s.VpcId)
		r.add(Thing{Type: "aws_subnet", ARN: r.arnOr(s.SubnetArn, "ec2", "subnet/"+value(s.SubnetId)), ID: value(s.SubnetId), At: at,
			Attrs: attrs{"vpc_id": s.VpcId, "tags": ec2Tags(s.Tags)}})
	}
	explicit, mains := map[string]bool{}, map[string]string{}
	for t := range list(r, api.DescribeRouteTables, &ec2.DescribeRouteTablesInput{},
		func(p *ec2.DescribeRouteTablesOutput) []types.RouteTable { return p.RouteTables }, "aws_route_table", "aws_route_table_association") {
		r.routeTable(t, explicit, mains)
	}
	if r.lost("aws_subnet") != nil || r.lost("aws_route_table") != nil { // a subnet may have a table of its own on a page that is missing
		return
	}
	for subnet, vpc := range vpcs {
		if main := mains[vpc]; main != "" && !explicit[subnet] {
			r.associate(subnet, main)
		}
	}
}

func (r *reader) routeTable(t types.RouteTable, explicit map[string]bool, mains map[string]string) {
	id := value(t.RouteTableId)
	r.add(Thing{Type: "aws_route_table", ARN: r.arn("ec2", "route-table/"+id), ID: id, At: r.at("ec2:DescribeRouteTables"), Attrs: attrs{
		"vpc_id": t.VpcId, "tags": ec2Tags(t.Tags), "route": routesOf(t.Routes)}})
	for _, a := range t.Associations {
		switch s := value(a.SubnetId); {
		case value(a.Main):
			mains[value(t.VpcId)] = id
		case s != "":
			explicit[s] = true
			r.associate(s, id)
		}
	}
}

// associate says which table a subnet takes its routes from: its own, or the main one of its VPC.
func (r *reader) associate(subnet, table string) {
	r.add(Thing{Type: "aws_route_table_association", At: r.at("ec2:DescribeRouteTables"),
		Attrs: attrs{"subnet_id": to("aws_subnet", &subnet), "route_table_id": to("aws_route_table", &table)}})
}

// routesOf are routes that lead somewhere. One to a gateway endpoint leads to a service of AWS only. What a route does not
// name it has not.
func routesOf(in []types.Route) []any {
	out := []any{}
	for _, x := range in {
		gateway, prefix := value(x.GatewayId), value(x.DestinationPrefixListId)
		if x.State == types.RouteStateBlackhole || prefix != "" && strings.HasPrefix(gateway, "vpce-") {
			continue
		}
		b := map[string]string{}
		for name, v := range map[string]*string{"gateway_id": x.GatewayId, "nat_gateway_id": x.NatGatewayId, "transit_gateway_id": x.TransitGatewayId,
			"vpc_peering_connection_id": x.VpcPeeringConnectionId, "egress_only_gateway_id": x.EgressOnlyInternetGatewayId, "network_interface_id": x.NetworkInterfaceId,
			"carrier_gateway_id": x.CarrierGatewayId, "local_gateway_id": x.LocalGatewayId, "core_network_arn": x.CoreNetworkArn} {
			if v != nil && *v != "" {
				b[name] = *v
			}
		}
		if strings.HasPrefix(gateway, "vpce-") { // of a balancer of firewalls: what lies behind it is not known
			delete(b, "gateway_id")
			b["vpc_endpoint_id"] = gateway
		}
		out = append(out, b)
	}
	return out
}

// interfaceGroups are the security groups of network interfaces, for services that name only those.
func (r *reader) interfaceGroups(ids []string) (map[string][]string, *probity.Gap) {
	const most = 200 // values of a filter
	out := map[string][]string{}
	name := "network-interface-id"
	for some := range slices.Chunk(ids, most) {
		in := &ec2.DescribeNetworkInterfacesInput{Filters: []types.Filter{{Name: &name, Values: some}}}
		for page, err := range pages(r.ctx, ec2.NewFromConfig(r.cfg).DescribeNetworkInterfaces, in) {
			if err != nil {
				gap := r.permits.gap(err)
				return out, &gap
			}
			for _, n := range page.NetworkInterfaces {
				for _, g := range n.Groups {
					out[value(n.NetworkInterfaceId)] = append(out[value(n.NetworkInterfaceId)], value(g.GroupId))
				}
			}
		}
	}
	return out, nil
}

func ec2Tags(in []types.Tag) map[string]string {
	return tags(in, func(t types.Tag) (*string, *string) { return t.Key, t.Value })
}
