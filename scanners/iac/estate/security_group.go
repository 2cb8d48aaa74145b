package estate

import (
	"strings"

	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/iac/resource"
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
	splits, rest := e.join(joint{owners: owners, attr: "security_group_id", types: []string{sgRule, sgIngress},
		names: func(*resource.Resource) ([]string, bool) { return nil, true }})
	var out []probity.Asset
	for _, r := range owners {
		a := e.asset(r, kinds.SecurityGroup, r.Get("name").String())
		a.Exposure.Networks = openings(r, splits[r.Addr])
		out = append(out, a)
	}
	for _, s := range rest.sorted() {
		a := e.stray(s, kinds.SecurityGroup, "")
		o := openings(s.owner, s)
		_, gap := o.Value()
		if a.Exposure.Networks = probity.Open(*first(gap, &probity.Gap{Reason: probity.NotCollected}), o.From(), o.Items...); len(o.Items) > 0 || gap != nil {
			out = append(out, a)
		}
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
		unseen := &probity.Gap{Reason: probity.Unresolved, Because: "what a prefix list holds is not in the code"}
		if u, ok := v.Data.(resource.Unknown); ok && u.Gap.Reason.Loss() {
			unseen = &u.Gap
		}
		o.note(unseen, v.At)
	}
	if len(cidrs) == 0 {
		return
	}
	let, gap := reach(b)
	if gap != nil {
		o.note(gap, b.At)
		return
	}
	if len(o.out) == 0 && o.gap == nil {
		o.at = at
	}
	for _, c := range cidrs {
		let.CIDR = c
		o.out = append(o.out, let)
	}
}

// reach is the protocol and the ports that a rule lets through. Only TCP and UDP have ports: ICMP's are types and codes.
func reach(b *resource.Block) (probity.Opening, *probity.Gap) {
	said := b.Get("protocol")
	if !said.Set() {
		said = b.Get("ip_protocol")
	}
	text, known := said.Text(probity.Known("-1", b.At)).Get()
	if !known {
		return probity.Opening{}, first(said.Gap(), &probity.Gap{Reason: probity.Unresolved, Because: "the protocol is not a text"})
	}
	o := probity.Opening{Protocol: protocol(text)}
	switch o.Protocol {
	case "all":
		o.To = maxPort
		return o, nil
	case "tcp", "udp":
	default:
		return o, nil
	}
	f, t := b.Get("from_port"), b.Get("to_port")
	from, ok1 := f.Number()
	to, ok2 := t.Number()
	if f.Set() && !ok1 || t.Set() && !ok2 {
		return probity.Opening{}, first(f.Gap(), t.Gap(), &probity.Gap{Reason: probity.Unresolved, Because: "a port is not a number"})
	}
	if o.From, o.To = from, to; !t.Set() {
		o.To = maxPort
	}
	return o, nil
}

const maxPort = 65535

// protocol is a protocol by the name that openings know, else by its number (IANA, Assigned Internet Protocol Numbers).
func protocol(s string) string {
	switch s = strings.ToLower(s); s {
	case "-1", "all", "":
		return "all"
	case "6":
		return "tcp"
	case "17":
		return "udp"
	case "1", "icmpv6", "58":
		return "icmp"
	case "gre":
		return "47"
	case "esp":
		return "50"
	case "ah":
		return "51"
	case "sctp":
		return "132"
	}
	return s
}
