package config

import (
	"strconv"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"

	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/iac/resource"
)

// providerOf finds the aws provider configuration of a resource: its own, or what callers pass down.
func (m *instance) providerOf(b *body) resource.Provider {
	name := "aws"
	a := b.attrs["provider"]
	if a == nil {
		return m.provider(name)
	}
	if which, of := providerInstance(a.Expr); of != "" {
		return m.oneOf(of, which)
	}
	return m.provider(providerName(a.Expr, name))
}

// providerInstance is one of many that a provider with for_each makes, aws.by_region[each.key], as OpenTofu has them: which of
// them, as it is written or else by its place, and of which provider.
func providerInstance(e hcl.Expression) (which, of string) {
	if i, ok := e.(*hclsyntax.IndexExpr); ok {
		return i.Key.Range().String(), providerName(i.Collection, "")
	}
	t, diags := hcl.AbsTraversalForExpr(e)
	if diags.HasErrors() || len(t) < 3 {
		return "", ""
	}
	i, ok := t[2].(hcl.TraverseIndex)
	if !ok {
		return "", ""
	}
	key, _ := toText(i.Key)
	return strconv.Quote(key), t.RootName() + "." + step(t, 1)
}

// oneOf is an instance of a provider, if which is not empty.
func (m *instance) oneOf(name, which string) resource.Provider {
	out := m.provider(name)
	if which != "" {
		out.Name += "[" + which + "]"
	}
	return out
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
		out := resource.Provider{Name: strings.TrimPrefix(m.addr+"."+name, "."), Region: b.Get("region"), Tags: b.Get("default_tags", "tags"), Account: resource.OnlyAccount(b.Get("allowed_account_ids"))}
		if p.body.attrs["for_each"] != nil {
			out.Region.Data = resource.Unknown{Gap: probity.Gap{Reason: probity.Unresolved, Needs: "region of provider " + name, Because: "the provider has for_each"}}
			out.Tags = out.Region
		} else if !out.Region.Set() {
			out.Region.Data = resource.Unknown{Gap: regionGap(name)}
		}
		return out
	}
	if m.parent != nil {
		from, which := m.passed(name)
		return m.parent.oneOf(from, which)
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

// passed is the caller's name for a provider that the module calls by name, and which instance of it.
func (m *instance) passed(name string) (from, which string) {
	a := m.call.body.attrs["providers"]
	if a == nil {
		return m.inherited(name), ""
	}
	pairs, diags := hcl.ExprMap(a.Expr)
	if diags.HasErrors() {
		return name, ""
	}
	for _, p := range pairs {
		if providerName(p.Key, "") != name {
			continue
		}
		if which, of := providerInstance(p.Value); of != "" {
			return of, which
		}
		return providerName(p.Value, name), ""
	}
	return name, ""
}

// inherited is the caller's name for the provider that the module has without being handed it.
func (m *instance) inherited(name string) string {
	source, ok := m.mod.required[name]
	if !ok {
		source = "hashicorp/" + name
	}
	if m.parent.mod.required[name] == source {
		return name
	}
	for _, other := range sortedKeys(m.parent.mod.required) {
		if m.parent.mod.required[other] == source {
			return other
		}
	}
	return source[strings.LastIndexByte(source, '/')+1:]
}

// handed are the provider configurations that a module gets from its caller.
func (m *instance) handed(c *call) []string {
	a := c.body.attrs["providers"]
	if a == nil {
		return []string{m.provider("aws").Name}
	}
	out := []string{}
	pairs, _ := hcl.ExprMap(a.Expr)
	for _, p := range pairs {
		if _, of := providerInstance(p.Value); of != "" { // any of them
			return nil
		}
		out = append(out, m.provider(providerName(p.Value, "aws")).Name)
	}
	return out
}
