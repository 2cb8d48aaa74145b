package config

import (
	"slices"

	"github.com/hashicorp/hcl/v2"

	"github.com/probity-scan/probity/scanners/iac/resource"
)

// Backend is what the place of the state is called among resources: it is none, but is read like one.
const Backend = "terraform_backend"

// state emits the backend block of a root, with the backend's type as its name.
func (r *Root) state(m *instance) {
	b := m.mod.backend
	if b == nil || len(b.labels) != 1 || !slices.Contains(r.Types, Backend) {
		return
	}
	out := &resource.Resource{Addr: Backend + "." + b.labels[0], Type: Backend, Name: b.labels[0]}
	out.Block = *r.evaluated(b.body, m.scope(key{}), m.origin(b.at), true)
	r.out = append(r.out, out)
}

// jsonBackend is {"backend": {"s3": {…}}}; nil for what is none.
func jsonBackend(a *hcl.Attribute) *block {
	if a == nil {
		return nil
	}
	pairs, _ := hcl.ExprMap(a.Expr)
	for _, p := range pairs {
		if name, ok := constantText(p.Key); ok {
			inner, _ := hcl.ExprMap(p.Value)
			b, _ := pairsBody(inner, p.Key.Range())
			return &block{typ: "backend", labels: []string{name}, body: b, at: a.Range}
		}
	}
	return nil
}
