package kubernetes

import (
	"slices"
	"strings"

	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/iac/resource"
	"github.com/probity-scan/probity/scanners/kinds"
)

// entrances are where people come in over HTTP.
func entrances(s *source) []probity.Asset {
	var out []probity.Asset
	for _, o := range s.of("networking.k8s.io/Ingress", "extensions/Ingress", "gateway.networking.k8s.io/Gateway", "route.openshift.io/Route") {
		a := s.asset(o, kinds.K8sEntrance)
		var clear probity.List[string]
		switch o.kind {
		case "Ingress":
			clear = ingress(o)
		case "Route":
			clear = route(o)
		default:
			clear = s.gateway(o)
		}
		a.Settings = probity.SettingsOf(kinds.K8sDoor{ClearHosts: clear})
		out = append(out, a)
	}
	return out
}

// ingress: a host is served with TLS where a certificate is named for it, and in the clear as well where an annotation keeps
// the controller from redirecting.
func ingress(o *object) probity.List[string] {
	var hosts []string
	for _, r := range items(o.Get("spec", "rules")) {
		h := text(r.Get("host"))
		if h == "" {
			h = "*"
		}
		if !slices.Contains(hosts, h) {
			hosts = append(hosts, h)
		}
	}
	if len(hosts) == 0 {
		hosts = []string{"*"}
	}
	for _, name := range []string{"nginx.ingress.kubernetes.io/ssl-redirect", "ingress.kubernetes.io/ssl-redirect", "haproxy.org/ssl-redirect"} {
		if v, ok := o.annotation(name); ok && text(v) == "false" {
			if f, forced := o.annotation("nginx.ingress.kubernetes.io/force-ssl-redirect"); !forced || text(f) != "true" {
				return probity.Whole(v.At, hosts...)
			}
		}
	}
	if v, ok := balanced(o); ok {
		return probity.Whole[string](v.At)
	}
	at := o.Get("spec", "tls")
	if !at.Set() {
		return probity.Whole(o.At, hosts...)
	}
	var covered []string
	all := false
	for _, t := range items(at) {
		names := texts(t.Get("hosts"))
		all = all || len(names) == 0
		covered = append(covered, names...)
	}
	clear := slices.DeleteFunc(hosts, func(h string) bool {
		return all || slices.ContainsFunc(covered, func(c string) bool { return covers(c, h) })
	})
	return probity.Whole(at.At, clear...)
}

// covers: a wildcard stands for one label.
func covers(certificate, host string) bool {
	if certificate == host {
		return true
	}
	rest, ok := strings.CutPrefix(certificate, "*.")
	_, parent, dotted := strings.Cut(host, ".")
	return ok && dotted && parent == rest
}

// balanced finds the annotation by which a balancer of a cloud holds the certificate itself.
func balanced(o *object) (resource.Value, bool) {
	if v, ok := o.annotation("alb.ingress.kubernetes.io/listen-ports"); ok {
		return v, strings.Contains(text(v), "HTTPS") && (!strings.Contains(strings.ReplaceAll(text(v), "HTTPS", ""), "HTTP") || redirects(o))
	}
	for name, want := range map[string]string{"kubernetes.io/ingress.allow-http": "false", "traefik.ingress.kubernetes.io/router.tls": "true"} {
		if v, ok := o.annotation(name); ok && text(v) == want {
			return v, true
		}
	}
	return resource.Value{}, false
}

func redirects(o *object) bool {
	_, ok := o.annotation("alb.ingress.kubernetes.io/ssl-redirect")
	return ok
}

func route(o *object) probity.List[string] {
	host := text(o.Get("spec", "host"))
	if host == "" {
		host = "*"
	}
	tls := o.Get("spec", "tls")
	if !tls.Set() {
		return probity.Whole(o.At, host)
	}
	if p := o.Get("spec", "tls", "insecureEdgeTerminationPolicy"); text(p) == "Allow" {
		return probity.Whole(p.At, host)
	}
	return probity.Whole[string](tls.At)
}

// gateway: a listener of HTTP is clear unless every route on it only redirects.
func (s *source) gateway(o *object) probity.List[string] {
	var clear []string
	at := o.At
	for _, l := range items(o.Get("spec", "listeners")) {
		if text(l.Get("protocol")) != "HTTP" {
			continue
		}
		host := text(l.Get("hostname"))
		if host == "" {
			host = "*"
		}
		routes, redirect := s.routes(o, text(l.Get("name")))
		if routes == 0 {
			return probity.Open(unsaid("its routes are not among the manifests"), l.At, clear...)
		}
		if !redirect {
			if len(clear) == 0 {
				at = l.At
			}
			clear = append(clear, host)
		}
	}
	return probity.Whole(at, clear...)
}

// routes counts the routes on a listener, and reports whether all of them only redirect to HTTPS.
func (s *source) routes(gateway *object, listener string) (n int, redirect bool) {
	redirect = true
	for _, r := range s.of("gateway.networking.k8s.io/HTTPRoute") {
		for _, p := range items(r.Get("spec", "parentRefs")) {
			ns := text(p.Get("namespace"))
			if ns == "" {
				ns = r.namespace
			}
			if section := text(p.Get("sectionName")); text(p.Get("name")) != gateway.name || ns != gateway.namespace || section != "" && section != listener {
				continue
			}
			n++
			for _, rule := range items(r.Get("spec", "rules")) {
				redirect = redirect && slices.ContainsFunc(items(rule.Get("filters")), func(f *resource.Block) bool {
					return text(f.Get("requestRedirect", "scheme")) == "https"
				})
			}
		}
	}
	return n, redirect
}
