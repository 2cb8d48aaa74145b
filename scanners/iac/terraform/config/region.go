package config

import (
	"strings"

	"github.com/hashicorp/hcl/v2"

	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/iac/resource"
)

// providerOf finds the aws provider configuration of a resource: its own, or what callers pass down.
func (m *instance) providerOf(b *body) resource.Provider {
	name := "aws"
	if a := b.attrs["provider"]; a != nil {
		name = providerName(a.Expr, name)
	}
	return m.provider(name)
}

func providerName(e hcl.Expression, otherwise string) string {
	t, diags := hcl.AbsTraversalForExpr(e)
	if diags.HasErrors() {
		if s, ok := constantText(e); ok {
			return s
		}
		return otherwise
	}
	if len(t) > 1 {
		return t.RootName() + "." + step(t, 1)
	}
	return t.RootName()
}

func constantText(e hcl.Expression) (string, bool) {
	v, diags := e.Value(nil)
	if diags.HasErrors() {
		return "", false
	}
	return toText(v)
}

func (m *instance) provider(name string) resource.Provider {
	// an empty block in a module only says that a configuration of that name is handed in
	if p := m.mod.provider(name); p != nil && (m.parent == nil || !p.proxy()) {
		b := m.root.block(p.body, m.scope(key{}), m.origin(p.body.at))
		out := resource.Provider{Name: strings.TrimPrefix(m.addr+"."+name, "."), Region: b.Get("region"), Tags: b.Get("default_tags", "tags")}
		if !out.Region.Set() {
			out.Region.Data = resource.Unknown{Gap: regionGap(name)}
		}
		return out
	}
	if m.parent != nil {
		return m.parent.provider(m.passed(name))
	}
	return resource.Provider{Name: name, Region: resource.Value{Data: resource.Unknown{Gap: regionGap(name)}}}
}

func (p *provider) proxy() bool {
	for name := range p.body.attrs {
		if name != "alias" && name != "version" {
			return false
		}
	}
	return len(p.body.blocks) == 0
}

func regionGap(name string) probity.Gap {
	return probity.Gap{Reason: probity.Unresolved, Needs: "region of provider " + name, Because: "it comes from the environment"}
}

// passed is the caller's name for a provider that the module calls by name.
func (m *instance) passed(name string) string {
	a := m.call.body.attrs["providers"]
	if a == nil {
		return name
	}
	pairs, diags := hcl.ExprMap(a.Expr)
	if diags.HasErrors() {
		return name
	}
	for _, p := range pairs {
		if providerName(p.Key, "") == name {
			return providerName(p.Value, name)
		}
	}
	return strings.TrimSpace(name)
}
