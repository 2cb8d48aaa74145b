package estate

import (
	"slices"
	"strings"

	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/iac/resource"
)

const (
	netSubnet      = "aws_subnet"
	netTable       = "aws_route_table"
	netAssociation = "aws_route_table_association"
	netRoute       = "aws_route"
	rdsSubnets     = "aws_db_subnet_group"
	redSubnets     = "aws_redshift_subnet_group"
	dmsSubnets     = "aws_dms_replication_subnet_group"
)

// routes are no stores: they tell whether a store with a public address can be reached at it.
func routes() service {
	return service{types: []string{netSubnet, netTable, netAssociation, netRoute, rdsSubnets, redSubnets, dmsSubnets},
		read: func(*estate) []probity.Asset { return nil }}
}

// inland says of a store that nobody reaches it from the internet, where the code shows that none of its subnets has a route
// there (Amazon VPC User Guide, "Enable internet access using internet gateways"). Anything else is left to its guards.
func (e *estate) inland(a *probity.Asset, subnets resource.Value) {
	items, rest := subnets.Each()
	if len(items) == 0 || rest != nil {
		return
	}
	var from []probity.Evidence
	for _, v := range items {
		table := e.tableOf(v)
		if table == nil || e.leadsOut(table) || e.loss(table.Addr) != nil {
			return
		}
		from = append(from, probity.Evidence{Asset: e.ref(table.Addr), Fact: "routes", Value: "none to an internet gateway", Origin: table.At})
	}
	a.Exposure.Public = probity.Known(false, &probity.Origin{Derived: from})
}

// subnetsOf are those of a group of subnets.
func (e *estate) subnetsOf(group resource.Value, typ string) resource.Value {
	r := e.sure(group, typ)
	if r == nil && group.String() != "" {
		r = e.roads().groups[typ+" "+group.String()]
	}
	if r == nil {
		return resource.Value{}
	}
	return r.Get("subnet_ids")
}

// sure is the resource that a value refers to, if it is certain to exist.
func (e *estate) sure(v resource.Value, typ string) *resource.Resource {
	ref, ok := v.Data.(resource.Ref)
	if !ok {
		return nil
	}
	if r := e.byAddr[ref.Addr]; r != nil && r.Type == typ && r.Maybe == nil {
		return r
	}
	return nil
}

// roads are the route tables of a root, worked out once.
type roads struct {
	groups map[string]*resource.Resource // of subnets, by type and name
	tables map[string]*resource.Resource // by subnet's address; nil where nobody can tell
	unsure bool                          // an association may be any subnet's
	out    map[string]bool               // tables with a route that may lead to an internet gateway
	any    bool                          // such a route may be any table's
}

func (e *estate) roads() *roads {
	if e.paths != nil {
		return e.paths
	}
	out := &roads{groups: map[string]*resource.Resource{}, tables: map[string]*resource.Resource{}, out: map[string]bool{}}
	e.paths = out
	for typ, attr := range map[string]string{rdsSubnets: "name", redSubnets: "name", dmsSubnets: "replication_subnet_group_id"} {
		for _, r := range e.byType[typ] {
			if r.Maybe == nil {
				out.groups[typ+" "+r.Get(attr).String()] = r
			}
		}
	}
	for _, r := range e.byType[netAssociation] {
		of := r.Get("subnet_id")
		if !of.Set() && r.Rest == nil {
			continue // of a gateway
		}
		s, table := e.sure(of, netSubnet), e.sure(r.Get("route_table_id"), netTable)
		if s == nil {
			out.unsure = true
			continue
		}
		if _, twice := out.tables[s.Addr]; twice || r.Maybe != nil {
			table = nil
		}
		out.tables[s.Addr] = table
	}
	for _, t := range e.byType[netTable] {
		blocks, rest := t.Get("route").Blocks()
		out.out[t.Addr] = rest != nil || slices.ContainsFunc(blocks, outward)
	}
	for _, r := range e.byType[netRoute] {
		switch t := e.sure(r.Get("route_table_id"), netTable); {
		case !outward(&r.Block):
		case t == nil:
			out.any = true
		default:
			out.out[t.Addr] = true
		}
	}
	return out
}

// tableOf is the route table that a subnet is associated with, nil where nobody can tell: without an association the VPC's
// main table holds.
func (e *estate) tableOf(subnet resource.Value) *resource.Resource {
	s := e.sure(subnet, netSubnet)
	if s == nil || e.roads().unsure || e.loss(s.Addr) != nil {
		return nil
	}
	return e.roads().tables[s.Addr]
}

// leadsOut reports whether a route of the table may lead to an internet gateway, whatever is between.
func (e *estate) leadsOut(table *resource.Resource) bool {
	return e.roads().any || e.roads().out[table.Addr]
}

// outward: who comes in through a NAT, a peering or a private gateway has no way from the internet.
func outward(route *resource.Block) bool {
	if route.Rest != nil {
		return true
	}
	for _, name := range []string{"nat_gateway_id", "vpc_peering_connection_id", "transit_gateway_id", "egress_only_gateway_id"} {
		if v := route.Get(name); v.Set() && (v.String() != "" || v.Gap() != nil) {
			return false
		}
	}
	gateway := route.Get("gateway_id")
	ref, ok := gateway.Data.(resource.Ref)
	return gateway.String() != "local" && !strings.HasPrefix(gateway.String(), "vgw-") && (!ok || ref.Type != "aws_vpn_gateway")
}
