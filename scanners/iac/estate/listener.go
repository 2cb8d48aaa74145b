package estate

import (
	"slices"

	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/iac/resource"
	"github.com/probity-scan/probity/scanners/kinds"
)

const distribution = "aws_cloudfront_distribution"

func listeners() []string { return []string{"aws_lb_listener", "aws_alb_listener"} }

func apiDomains() []string {
	return []string{"aws_api_gateway_domain_name", "aws_apigatewayv2_domain_name"}
}

func entries() service {
	return service{kinds: map[probity.Kind][]string{kinds.Listener: append(listeners(), classicBalancer), kinds.APIDomain: apiDomains(), kinds.Distribution: {distribution}},
		types: slices.Concat(listeners(), classicTypes(), apiDomains(), []string{distribution}), read: func(e *estate) []probity.Asset {
			out := append(e.each(distribution, e.distribution), e.classics()...)
			for _, typ := range listeners() {
				out = append(out, e.each(typ, e.listener)...)
			}
			for _, typ := range apiDomains() {
				out = append(out, e.each(typ, e.apiDomain)...)
			}
			return out
		}}
}

// listener: one that only sends clients on to HTTPS serves nothing in the clear.
func (e *estate) listener(r *resource.Resource) probity.Asset {
	a := e.asset(r, kinds.Listener, "")
	protocol := r.Get("protocol")
	policy := r.Get("ssl_policy").Text(kinds.ListenerPolicy())
	a.Encryption.InTransit = resource.Map(protocol.Text(probity.Fact[string]{}), func(p string) bool { return p == "HTTPS" || p == "TLS" })
	if on, known := a.Encryption.InTransit.Get(); known && !on {
		policy = probity.Missing[string](probity.Gap{Reason: probity.NotApplicable, Because: "it takes no TLS"}, protocol.At)
		if to := r.Get("default_action", "redirect", "protocol"); to.Set() {
			a.Encryption.InTransit = is(to, "HTTPS", a.Encryption.InTransit)
		}
	}
	switch protocol.String() {
	case "TCP", "UDP", "TCP_UDP", "QUIC", "TCP_QUIC", "GENEVE":
		a.Encryption.InTransit = probity.Missing[bool](probity.Gap{Reason: probity.Unresolved, Because: "it passes on what clients send, TLS or not"}, protocol.At)
	}
	a.Settings = probity.SettingsOf(kinds.Entry{TLSPolicy: policy})
	return a
}

func (e *estate) apiDomain(r *resource.Resource) probity.Asset {
	a := e.asset(r, kinds.APIDomain, r.Get("domain_name").String())
	a.Encryption.InTransit = kinds.Always("API Gateway has HTTPS endpoints only")
	policy := r.Get("security_policy")
	if !policy.Set() {
		policy = r.Get("domain_name_configuration", "security_policy")
	}
	a.Settings = probity.SettingsOf(kinds.Entry{TLSPolicy: policy.Text(probity.Fact[string]{})})
	return a
}

func (e *estate) distribution(r *resource.Resource) probity.Asset {
	a := e.asset(r, kinds.Distribution, "")
	clear := probity.Known(true, r.At)
	behaviours, more := r.Get("ordered_cache_behavior").Blocks()
	def, rest := r.Get("default_cache_behavior").Blocks()
	if gap := first(rest, more); gap != nil {
		clear = probity.Missing[bool](*gap, r.At)
	}
	for _, b := range append(def, behaviours...) {
		v := b.Get("viewer_protocol_policy")
		switch s := v.String(); {
		case s == "allow-all":
			clear = probity.Known(false, v.At)
		case v.Gap() != nil && clear.Is(func(on bool) bool { return on }):
			clear = probity.Missing[bool](*v.Gap(), v.At)
		}
	}
	a.Encryption.InTransit = clear
	least := r.Get("viewer_certificate", "minimum_protocol_version").Text(kinds.DistributionTLS())
	a.Settings = probity.SettingsOf(kinds.Entry{TLSPolicy: least, OpenOrigins: e.openOrigins(r)})
	return a
}

// openOrigins are the buckets that a distribution reads as anybody could.
func (e *estate) openOrigins(r *resource.Resource) probity.List[string] {
	origins, gap := r.Get("origin").Blocks()
	out := []string{}
	for _, o := range origins {
		if o.Get("custom_origin_config").Set() || o.Get("vpc_origin_config").Set() {
			continue
		}
		control, controlled := given(o.Get("origin_access_control_id")).Get()
		identity, identified := given(o.Get("s3_origin_config", "origin_access_identity")).Get()
		switch {
		case control || identity:
		case !controlled || !identified:
			gap = &probity.Gap{Reason: probity.Unresolved, Because: "an origin may have an identity"}
		default:
			out = append(out, o.Get("origin_id").String())
		}
	}
	if gap != nil {
		return probity.Open(*gap, r.At, out...)
	}
	return probity.Whole(r.At, out...)
}
