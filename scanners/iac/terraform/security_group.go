package terraform

import (
	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/iac/terraform/resource"
	"github.com/probity-scan/probity/scanners/kinds"
)

const (
	sgGroup   = "aws_security_group"
	sgRule    = "aws_security_group_rule"
	sgIngress = "aws_vpc_security_group_ingress_rule"
)

func securityGroups() service {
	return service{kinds: map[probity.Kind][]string{kinds.SecurityGroup: {sgGroup}}, types: []string{sgGroup, sgRule, sgIngress}, read: (*estate).securityGroups}
}

func (e *estate) securityGroups() []probity.Asset {
	owners := e.byType[sgGroup]
	splits := e.join(owners, "security_group_id", []string{sgRule, sgIngress}, func(*resource.Resource) ([]string, bool) { return nil, true })
	var out []probity.Asset
	for _, r := range owners {
		a := e.asset(r, kinds.SecurityGroup, r.Get("name").String())
		a.Exposure.Networks = openings(r, splits[r.Addr])
		out = append(out, a)
	}
	return out
}

// openings are the ranges that a group lets in, from its own blocks and from rules beside it.
func openings(r *resource.Resource, s *split) probity.List[probity.Opening] {
	o := &collector{at: r.At}
	blocks, rest := r.Get("ingress").Blocks()
	o.note(rest, r.Get("ingress").At)
	for _, b := range blocks {
		o.rule(b, "cidr_blocks", "ipv6_cidr_blocks", "prefix_list_ids")
	}
	for _, rule := range s.parts[sgRule] {
		switch typ := rule.Get("type"); {
		case typ.Gap() != nil:
			o.note(typ.Gap(), typ.At)
		case typ.String() == "ingress" && rule.Maybe != nil:
			o.note(rule.Maybe, rule.At)
		case typ.String() == "ingress":
			o.rule(&rule.Block, "cidr_blocks", "ipv6_cidr_blocks", "prefix_list_ids")
		}
	}
	for _, rule := range s.parts[sgIngress] {
		if rule.Maybe != nil {
			o.note(rule.Maybe, rule.At)
			continue
		}
		o.rule(&rule.Block, "cidr_ipv4", "cidr_ipv6", "prefix_list_id")
	}
	for _, typ := range []string{sgRule, sgIngress} {
		o.note(s.doubt[typ], nil)
	}
	if o.gap != nil {
		return probity.Open(*o.gap, o.at, o.out...)
	}
	return probity.Whole(o.at, o.out...)
}

type collector struct {
	out []probity.Opening
	gap *probity.Gap
	at  *probity.Origin
}

func (o *collector) note(g *probity.Gap, at *probity.Origin) {
	if g != nil && o.gap == nil {
		o.gap = g
		if at != nil {
			o.at = at
		}
	}
}

// rule adds what one rule lets in. A prefix list is a set of ranges that the code does not show.
func (o *collector) rule(b *resource.Block, v4, v6, lists string) {
	var cidrs []string
	var at *probity.Origin
	for _, name := range []string{v4, v6} {
		v := b.Get(name)
		items, rest := v.Each()
		o.note(rest, v.At)
		for _, i := range items {
			if s := i.String(); s != "" {
				cidrs = append(cidrs, s)
				at = v.At
			} else {
				o.note(i.Gap(), v.At)
			}
		}
	}
	if v := b.Get(lists); v.Set() {
		o.note(&probity.Gap{Reason: probity.Unresolved, Because: "what a prefix list holds is not in the code"}, v.At)
	}
	if len(cidrs) == 0 {
		return
	}
	from, to, gap := ports(b)
	if gap != nil {
		o.note(gap, b.At)
		return
	}
	if len(o.out) == 0 && o.gap == nil {
		o.at = at
	}
	for _, c := range cidrs {
		o.out = append(o.out, probity.Opening{CIDR: c, From: from, To: to})
	}
}

// ports: protocol -1 is every port; ICMP types are no ports.
func ports(b *resource.Block) (from, to int, gap *probity.Gap) {
	protocol := b.Get("protocol")
	if !protocol.Set() {
		protocol = b.Get("ip_protocol")
	}
	p, known := protocol.Text(probity.Fact[string]{}).Get()
	if !known && protocol.Set() {
		return 0, 0, protocol.Gap()
	}
	if p == "-1" || p == "all" || !protocol.Set() {
		return 0, 65535, nil
	}
	f, t := b.Get("from_port"), b.Get("to_port")
	from, ok1 := f.Number()
	to, ok2 := t.Number()
	if f.Set() && !ok1 || t.Set() && !ok2 {
		return 0, 0, first(f.Gap(), t.Gap(), &probity.Gap{Reason: probity.Unresolved, Because: "a port is not a number"})
	}
	return from, to, nil
}
