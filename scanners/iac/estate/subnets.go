package estate

import (
	"strings"

	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/iac/resource"
)

const (
	subnetGroup      = "aws_db_subnet_group"
	subnet           = "aws_subnet"
	routeTable       = "aws_route_table"
	route            = "aws_route"
	routeAssociation = "aws_route_table_association"
)

func routing() []string { return []string{subnetGroup, subnet, routeTable, route, routeAssociation} }

// routed is what a table does for a subnet: whether a gateway to the internet is behind one of its routes.
type routed map[string]probity.Fact[bool] // by the subnet's address

// routes works out once which subnets reach the internet, through the tables that the root gives them.
func (e *estate) routes() routed {
	tables := map[string]probity.Fact[bool]{}
	for _, t := range e.byType[routeTable] {
		blocks, rest := t.Get("route").Blocks()
		out := probity.Known(false, t.At)
		for _, b := range blocks {
			out = either(out, gateway(b))
		}
		if rest != nil {
			out = either(out, probity.Missing[bool](*rest, t.At))
		}
		tables[t.Addr] = out
	}
	for _, r := range e.byType[route] {
		if ref, ok := r.Get("route_table_id").Data.(resource.Ref); ok && !tables[ref.Addr].IsZero() {
			tables[ref.Addr] = either(tables[ref.Addr], certain(r, gateway(&r.Block)))
		}
	}
	out := routed{}
	for _, a := range e.byType[routeAssociation] {
		of, isSubnet := a.Get("subnet_id").Data.(resource.Ref)
		by, isTable := a.Get("route_table_id").Data.(resource.Ref)
		if isSubnet && isTable && !tables[by.Addr].IsZero() {
			out[of.Addr] = either(out[of.Addr].Or(tables[by.Addr]), tables[by.Addr])
		}
	}
	return out
}

// gateway reports whether a route leads to the internet gateway, whatever part of the internet it is for.
func gateway(b *resource.Block) probity.Fact[bool] {
	if v := b.Get("vpc_endpoint_id"); v.String() != "" {
		return probity.Missing[bool](probity.Gap{Reason: probity.Unresolved, Because: "what lies behind an endpoint for firewalls is not known"}, v.At)
	}
	switch d := b.Get("gateway_id"); v := d.Data.(type) {
	case nil:
		return probity.Known(false, b.At)
	case resource.Ref:
		if v.Type == "aws_internet_gateway" {
			return probity.Known(true, d.At)
		}
		return probity.Known(false, d.At)
	case string:
		return probity.Known(strings.HasPrefix(v, "igw-"), d.At)
	default:
		return probity.Missing[bool](d.Why(), d.At)
	}
}

// publicSubnet reports whether a database lies in a subnet that the internet has a route to. Nobody can tell of the default
// VPC's subnets, nor of those that take the routes of their VPC's main table.
func (e *estate) publicSubnet(r *resource.Resource) probity.Fact[bool] {
	by := r.Get("db_subnet_group_name")
	if !by.Set() || by.Data == "" {
		return unseenSubnet("it names no subnets, so it lies in those of the default VPC or of what it replicates", r.At)
	}
	group := e.named(by, subnetGroup)
	if group == nil {
		if g := e.denied(by, subnetGroup); g != nil {
			return probity.Missing[bool](*g, by.At)
		}
		return unseenSubnet("its group of subnets is not in this root", by.At)
	}
	ids, rest := group.Get("subnet_ids").Each()
	out := e.publicSubnets(ids, group.At)
	if rest != nil || len(ids) == 0 {
		g := first(rest, &probity.Gap{Reason: probity.Unresolved, Because: "its group names no subnets"})
		out = either(out, probity.Missing[bool](*g, group.At))
	}
	return certain(group, out)
}

// publicSubnets reports whether the internet has a route to one of some subnets.
func (e *estate) publicSubnets(ids []resource.Value, at *probity.Origin) probity.Fact[bool] {
	if e.subnets == nil {
		e.subnets = e.routes()
	}
	out := probity.Known(false, at)
	for _, id := range ids {
		ref, isRef := id.Data.(resource.Ref)
		switch way := e.subnets[ref.Addr]; {
		case way.IsZero() && e.denied(id, subnet, routeTable) != nil:
			out = either(out, probity.Missing[bool](*e.denied(id, subnet, routeTable), id.At))
		case isRef && !way.IsZero():
			out = either(out, way)
		case isRef && e.byAddr[ref.Addr] != nil:
			out = either(out, unseenSubnet(ref.Addr+" takes the routes of its VPC's main table", id.At))
		default:
			out = either(out, unseenSubnet("one of its subnets is not in this root", at))
		}
	}
	return out
}

func unseenSubnet(because string, at *probity.Origin) probity.Fact[bool] {
	return probity.Missing[bool](probity.Gap{Reason: probity.Unresolved, Because: because, Needs: "a look at the subnets of the account"}, at)
}

// denied is why a provider did not tell of something that a value names: the value itself, or the listings of types.
func (e *estate) denied(v resource.Value, types ...string) *probity.Gap {
	if _, isRef := v.Data.(resource.Ref); e.place.listed() && !isRef && v.Gap() != nil {
		return v.Gap()
	}
	for _, typ := range types {
		if l := e.unlisted(typ); l != nil {
			return &l.Gap
		}
	}
	return nil
}
