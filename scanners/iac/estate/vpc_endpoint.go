package estate

import (
	"strings"

	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/access"
	"github.com/probity-scan/probity/scanners/iac/resource"
	"github.com/probity-scan/probity/scanners/kinds"
)

const (
	vpcEndpoint       = "aws_vpc_endpoint"
	vpcEndpointPolicy = "aws_vpc_endpoint_policy"
)

func vpcEndpoints() service {
	return service{kinds: map[probity.Kind][]string{kinds.VPCEndpoint: {vpcEndpoint}}, types: []string{vpcEndpoint, vpcEndpointPolicy}, read: func(e *estate) []probity.Asset {
		splits, rest := e.beside(vpcEndpoint, "vpc_endpoint_id", nil, vpcEndpointPolicy)
		out := e.each(vpcEndpoint, func(r *resource.Resource) probity.Asset { return e.vpcEndpoint(r, splits[r.Addr]) })
		return append(out, e.ruledElsewhere(rest, kinds.VPCEndpoint, vpcEndpointPolicy, "policy", kinds.Endpoint{})...)
	}}
}

func (e *estate) vpcEndpoint(r *resource.Resource, s *split) probity.Asset {
	a := e.asset(r, kinds.VPCEndpoint, "")
	d := &a.Exposure.Declared
	d.Policy = ruled(s, vpcEndpointPolicy, "policy", optional(r.Get("policy"), answered(r.Get("policy"), kinds.EndpointPolicy())))
	d.Addressed = kinds.EndpointInside()
	own := kinds.Endpoint{
		Service: r.Get("service_name").Text(probity.Fact[string]{}), Type: r.Get("vpc_endpoint_type").Text(kinds.EndpointType()), State: r.Get("state").Text(probity.Fact[string]{}),
		PrivateDNS: r.Get("private_dns_enabled").Bool(kinds.Off("Terraform gives an endpoint no private names unless told")), VPC: called(r.Get("vpc_id")),
	}
	of := plain(r.Get("service_name"))
	if own.Type.Is(func(t string) bool { return t == "Gateway" }) {
		own.PrivateDNS = probity.Missing[bool](probity.Gap{Reason: probity.NotApplicable, Because: "routes lead to a gateway, not names"}, own.Type.From())
	}
	if partner(of) || own.Type.Is(func(t string) bool { return t != "Gateway" && t != "Interface" }) {
		why := probity.Gap{Reason: probity.NotApplicable, Because: "it leads to no service of AWS, and takes no policy"}
		d.Policy, own.Open = probity.Missing[probity.Optional[string]](why, r.At), probity.Missing[bool](why, r.At)
	} else {
		text := resource.Map(d.Policy, func(t probity.Optional[string]) string { return t.Value })
		own.Open = judged(text, func(text string) (bool, *probity.Gap, error) {
			p, err := access.Parse(text)
			if err != nil {
				return false, nil, err
			}
			open, gap := p.Passes(of[strings.LastIndexByte(of, '.')+1:])
			return open, gap, nil
		})
	}
	a.Settings = probity.SettingsOf(own)
	return a
}

// partner: of one that offers its own service (AWS PrivateLink, "Access SaaS products through AWS PrivateLink").
func partner(service string) bool { return strings.Contains(service, ".vpce.") }

// called is what a value names: a text, or the address of what it refers to.
func called(v resource.Value) probity.Fact[string] {
	if ref, ok := v.Data.(resource.Ref); ok {
		return probity.Known(ref.Addr, v.At)
	}
	return v.Text(probity.Fact[string]{})
}
