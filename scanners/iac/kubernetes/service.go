package kubernetes

import (
	"cmp"
	"slices"
	"strings"

	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/iac/resource"
)

// doors are the ways from outside of the cluster to a store.
type doors struct {
	services []*object // that select it
	open     []door
}

// door is one way in.
type door struct {
	name   string // "LoadBalancer db"
	at     *probity.Origin
	public probity.Fact[bool]
	nets   []probity.Opening
}

func (s *source) doors(p pod, c running) doors {
	var d doors
	port, _ := c.listens().Get()
	var ways []*object
	for _, kind := range []string{"networking.k8s.io/Ingress", "extensions/Ingress", "route.openshift.io/Route"} {
		ways = append(ways, s.beside(p.namespace, kind)...)
	}
	for _, svc := range s.beside(p.namespace, "core/Service") {
		if !selects(svc.Get("spec", "selector"), p.labels) {
			continue
		}
		d.services = append(d.services, svc)
		d.service(svc, port)
		for _, in := range ways {
			if leadsTo(in, svc.name) {
				d.entrance(in)
			}
		}
	}
	for _, e := range items(c.Get("ports")) {
		if e.Get("hostPort").Set() {
			d.node("hostPort "+text(e.Get("hostPort")), e.Get("hostPort").At)
		}
	}
	if b, _ := p.spec.Get("hostNetwork").Bool(probity.Fact[bool]{}).Get(); b {
		d.node("hostNetwork", p.spec.Get("hostNetwork").At)
	}
	return d
}

// selects: a selector without labels selects nothing.
func selects(selector resource.Value, labels map[string]string) bool {
	want := pairs(selector)
	for k, v := range want {
		if have, ok := labels[k]; !ok || have != v {
			return false
		}
	}
	return len(want) > 0
}

func (d *doors) service(svc *object, port int) {
	typ := svc.Get("spec", "type")
	if e := svc.Get("spec", "externalIPs"); len(texts(e)) > 0 {
		d.open = append(d.open, door{"externalIPs " + svc.name, e.At, probity.Known(true, e.At), everyone(port)})
	}
	switch text(typ) {
	case "NodePort":
		d.node("NodePort "+svc.name, typ.At)
	case "LoadBalancer":
		if v, ok := internal(svc); ok {
			d.inside("LoadBalancer "+svc.name, v.At)
			return
		}
		ranges := svc.Get("spec", "loadBalancerSourceRanges")
		if v, ok := svc.annotation("service.beta.kubernetes.io/load-balancer-source-ranges"); ok && !ranges.Set() {
			ranges = v
		}
		nets := everyone(port)
		if ranges.Set() {
			nets = openings(ranges, port)
		}
		d.open = append(d.open, door{"LoadBalancer " + svc.name, typ.At, probity.Known(true, typ.At), nets})
	}
}

func openings(v resource.Value, port int) []probity.Opening {
	var out []probity.Opening
	for _, t := range texts(v) {
		for _, cidr := range strings.Split(t, ",") {
			if cidr = strings.TrimSpace(cidr); cidr != "" {
				out = append(out, probity.Opening{CIDR: cidr, Protocol: "tcp", From: port, To: port})
			}
		}
	}
	return out
}

func everyone(port int) []probity.Opening {
	return []probity.Opening{{CIDR: "0.0.0.0/0", Protocol: "tcp", From: port, To: port}}
}

// internal finds the annotation by which a provider keeps a balancer inside of its network.
func internal(svc *object) (resource.Value, bool) {
	for name, values := range map[string]string{
		"service.beta.kubernetes.io/aws-load-balancer-internal":              "true 0.0.0.0/0",
		"service.beta.kubernetes.io/aws-load-balancer-scheme":                "internal",
		"service.beta.kubernetes.io/azure-load-balancer-internal":            "true",
		"networking.gke.io/load-balancer-type":                               "Internal internal",
		"cloud.google.com/load-balancer-type":                                "Internal internal",
		"service.beta.kubernetes.io/openstack-internal-load-balancer":        "true",
		"service.kubernetes.io/ibm-load-balancer-cloud-provider-ip-type":     "private",
		"service.beta.kubernetes.io/oci-load-balancer-internal":              "true",
		"service.beta.kubernetes.io/alibaba-cloud-loadbalancer-address-type": "intranet",
		"load-balancer.hetzner.cloud/disable-public-network":                 "true",
		"service.beta.kubernetes.io/scw-loadbalancer-private":                "true",
		"service.beta.kubernetes.io/do-loadbalancer-network":                 "INTERNAL",
	} {
		if v, ok := svc.annotation(name); ok && slices.Contains(strings.Fields(values), text(v)) {
			return v, true
		}
	}
	return resource.Value{}, false
}

// node is a port of every node: whether nodes have public addresses is not in manifests.
func (d *doors) node(name string, at *probity.Origin) {
	d.open = append(d.open, door{name: name, at: at, public: probity.Missing[bool](unsaid("it listens on every node, whose addresses no manifest tells"), at)})
}

// inside is a way that ends in the provider's network.
func (d *doors) inside(name string, at *probity.Origin) {
	d.open = append(d.open, door{name: name, at: at, public: probity.Known(false, at)})
}

func (d *doors) entrance(in *object) {
	for _, name := range []string{"alb.ingress.kubernetes.io/scheme", "kubernetes.io/ingress.class"} {
		if v, ok := in.annotation(name); ok && strings.Contains(text(v), "internal") {
			d.inside(in.kind+" "+in.name, v.At)
			return
		}
	}
	const https = 443
	nets := everyone(https)
	for _, name := range []string{"nginx.ingress.kubernetes.io/whitelist-source-range", "nginx.ingress.kubernetes.io/allowlist-source-range", "alb.ingress.kubernetes.io/inbound-cidrs", "haproxy.router.openshift.io/ip_whitelist"} {
		if v, ok := in.annotation(name); ok {
			nets = openings(v, https)
		}
	}
	at := cmp.Or(in.Get("spec").At, in.At)
	d.open = append(d.open, door{in.kind + " " + in.name, at, probity.Known(true, at), nets})
}

// leadsTo reports whether an Ingress or a Route sends requests to a service.
func leadsTo(in *object, service string) bool {
	if in.kind == "Route" {
		return text(in.Get("spec", "to", "name")) == service
	}
	backends := []resource.Value{in.Get("spec", "defaultBackend"), in.Get("spec", "backend")}
	for _, r := range items(in.Get("spec", "rules")) {
		for _, p := range items(r.Get("http", "paths")) {
			backends = append(backends, p.Get("backend"))
		}
	}
	return slices.ContainsFunc(backends, func(v resource.Value) bool {
		b, ok := v.Data.(*resource.Block)
		return ok && (text(b.Get("service", "name")) == service || text(b.Get("serviceName")) == service)
	})
}

// exposure is what the ways in say together.
func (d doors) exposure(s *source, p pod) probity.Exposure {
	var out probity.Exposure
	var nets []probity.Opening
	best := door{at: p.At, public: absent(s, false, p.At)}
	rank := 0
	var gap *probity.Gap
	for _, o := range d.open {
		nets = append(nets, o.nets...)
		is, g := o.public.Value()
		if g != nil {
			gap = g
		}
		// one public way is enough; else one that is not known leaves all unknown
		if r := map[bool]int{true: 3}[is.(bool)] + map[bool]int{true: 2}[g != nil]; r >= rank {
			best, rank = o, r
		}
	}
	out.Declared.Addressed = best.public
	out.Networks = rest(s, best.at, nets...)
	if gap != nil {
		out.Networks = probity.Open(*gap, best.at, nets...)
	}
	out.Public = public(best.public, nets, best.at)
	return out
}

// public: anybody can connect where an address is public and every range is let in.
func public(addressed probity.Fact[bool], nets []probity.Opening, at *probity.Origin) probity.Fact[bool] {
	if is, ok := addressed.Get(); !ok || !is {
		return addressed
	}
	return probity.Known(slices.ContainsFunc(nets, func(o probity.Opening) bool { return strings.HasSuffix(o.CIDR, "/0") }), at)
}

// published are the ways in that no annotation keeps inside of the provider's network.
func (d doors) published(s *source, p pod) probity.List[string] {
	var out []string
	at := p.At
	for _, o := range d.open {
		if v, g := o.public.Value(); g != nil || v.(bool) {
			if len(out) == 0 {
				at = o.at
			}
			out = append(out, o.name)
		}
	}
	return wrong(s, at, out...)
}
