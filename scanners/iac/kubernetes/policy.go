package kubernetes

import (
	"slices"
	"strings"

	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/iac/resource"
)

// covered reports whether a policy says who inside of the cluster may connect to a pod.
func (s *source) covered(p pod) probity.Fact[bool] {
	out := absent(s, false, p.At)
	for _, n := range s.beside(p.namespace, "networking.k8s.io/NetworkPolicy") {
		if !matches(n.Get("spec", "podSelector"), p.labels) {
			continue
		}
		if types := texts(n.Get("spec", "policyTypes")); len(types) > 0 && !slices.Contains(types, "Ingress") {
			continue
		}
		if at, open := letsAllIn(n); open {
			// policies add up: one that lets everybody in undoes the others
			return probity.Known(false, at)
		}
		out = probity.Known(true, n.At)
	}
	if is, _ := out.Get(); is {
		return out
	}
	for _, n := range s.beside(p.namespace, "cilium.io/CiliumNetworkPolicy") {
		for _, spec := range append(items(n.Get("specs")), items(n.Get("spec"))...) {
			if rules := spec.Get("ingress"); rules.Set() && matches(spec.Get("endpointSelector"), prefixed(p.labels)) {
				if at, open := ciliumLetsAllIn(rules); open {
					return probity.Known(false, at)
				}
				out = probity.Known(true, n.At)
			}
		}
	}
	if is, _ := out.Get(); is {
		return out
	}
	// these hold in every namespace, or of another tool
	if all := s.of("cilium.io/CiliumClusterwideNetworkPolicy", "crd.projectcalico.org/NetworkPolicy", "projectcalico.org/NetworkPolicy", "crd.projectcalico.org/GlobalNetworkPolicy",
		"projectcalico.org/GlobalNetworkPolicy", "policy.networking.k8s.io/AdminNetworkPolicy", "policy.networking.k8s.io/BaselineAdminNetworkPolicy"); len(all) > 0 {
		return probity.Missing[bool](unsaid("a "+all[0].kind+" of "+all[0].group+" is not read"), all[0].At)
	}
	return out
}

// prefixed are labels by all the names that Cilium knows them by.
func prefixed(labels map[string]string) map[string]string {
	out := map[string]string{}
	for k, v := range labels {
		out[k], out["k8s:"+k], out["any:"+k] = v, v, v
	}
	return out
}

// ciliumLetsAllIn finds a rule that lets in the world, or that names ports and nobody (Cilium, Layer 3 policies). An empty rule
// lets nobody in.
func ciliumLetsAllIn(rules resource.Value) (*probity.Origin, bool) {
	for _, r := range items(rules) {
		from := false
		for name := range r.Attrs {
			from = from || strings.HasPrefix(name, "from")
		}
		if !from && r.Get("toPorts").Set() {
			return r.At, true
		}
		if slices.ContainsFunc(texts(r.Get("fromEntities")), func(e string) bool { return e == "world" || e == "all" }) {
			return r.At, true
		}
		if slices.ContainsFunc(texts(r.Get("fromCIDR")), func(c string) bool { return strings.HasSuffix(c, "/0") }) {
			return r.At, true
		}
	}
	return nil, false
}

// letsAllIn finds a rule that names nobody, and so everybody.
func letsAllIn(n *object) (*probity.Origin, bool) {
	for _, r := range items(n.Get("spec", "ingress")) {
		from := items(r.Get("from"))
		if len(from) == 0 {
			return r.At, true
		}
		for _, f := range from {
			if strings.HasSuffix(text(f.Get("ipBlock", "cidr")), "/0") && len(texts(f.Get("ipBlock", "except"))) == 0 {
				return f.At, true
			}
		}
	}
	return nil, false
}

// matches evaluates a label selector; an empty one matches everything.
func matches(v resource.Value, labels map[string]string) bool {
	b, ok := v.Data.(*resource.Block)
	if !ok {
		return true
	}
	if want := b.Get("matchLabels"); len(pairs(want)) > 0 && !selects(want, labels) {
		return false
	}
	for _, e := range items(b.Get("matchExpressions")) {
		have, there := labels[text(e.Get("key"))]
		in := there && slices.Contains(texts(e.Get("values")), have)
		switch text(e.Get("operator")) {
		case "In":
			ok = in
		case "NotIn":
			ok = !in
		case "Exists":
			ok = there
		case "DoesNotExist":
			ok = !there
		}
		if !ok {
			return false
		}
	}
	return true
}
