package config

import (
	"slices"
	"strings"

	"github.com/zclconf/go-cty/cty"

	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/iac/resource"
)

// resolve gives the value that an expression finds under a resource's, data source's or module's name.
func (m *instance) resolve(d demand) cty.Value {
	switch d.root {
	case "module":
		return m.resolveModule(d)
	case "data":
		b := m.mod.byName["data."+d.typ+"."+d.name]
		if b == nil {
			return unevaluated("data." + d.typ + "." + d.name + " is not declared")
		}
		return m.instances(b, d)
	case "ephemeral":
		return computed("ephemeral." + d.typ + "." + d.name)
	}
	b := m.mod.byName[d.typ+"."+d.name]
	if b == nil {
		return unevaluated(d.typ + "." + d.name + " is not declared")
	}
	return m.instances(b, d)
}

func (m *instance) resolveModule(d demand) cty.Value {
	c := m.mod.calls[d.name]
	if c == nil {
		return unevaluated("module." + d.name + " is not declared")
	}
	if c.gap != nil {
		return cty.DynamicVal.Mark(why(*c.gap))
	}
	f := m.children(c)
	if f.kind == open || f.gap != nil {
		return cty.DynamicVal.Mark(why(*f.gap))
	}
	values := make([]cty.Value, len(f.instances))
	for i, kid := range f.instances {
		outs := map[string]cty.Value{}
		for _, name := range sortedKeys(kid.mod.outputs) {
			if d.whole || d.attrs[name] {
				outs[name] = kid.output(name).value
			}
		}
		values[i] = cty.ObjectVal(outs)
	}
	keys := make([]key, len(f.instances))
	for i, kid := range f.instances {
		keys[i] = kid.key
	}
	return assemble(f.kind, keys, values)
}

func assemble(kind keyKind, keys []key, values []cty.Value) cty.Value {
	switch kind {
	case counted:
		return cty.TupleVal(values)
	case each:
		out := make(map[string]cty.Value, len(values))
		for i, k := range keys {
			out[k.name] = values[i]
		}
		return cty.ObjectVal(out)
	}
	if len(values) == 0 {
		return cty.EmptyObjectVal
	}
	return values[0]
}

func (m *instance) instances(b *resourceBlock, d demand) cty.Value {
	x := m.expand(b)
	if x.kind == open {
		// The one instance that stands for all can still be joined: its address is known.
		v := cty.DynamicVal.Mark(why(*x.gap))
		if !b.data {
			ref := m.ref(b, x.keys[0], "id")
			ref.Gap = *x.gap
			m.root.placeholder(ref)
			v = v.Mark(holds(m.root.refIndex[ref]))
		}
		return v
	}
	values := make([]cty.Value, len(x.keys))
	for i, k := range x.keys {
		values[i] = m.object(b, k, d)
	}
	return assemble(x.kind, x.keys, values)
}

// object is a resource instance as expressions see it.
func (m *instance) object(b *resourceBlock, k key, d demand) cty.Value {
	attrs := map[string]cty.Value{}
	names := sortedKeys(d.attrs)
	if d.whole {
		names = slices.Concat(names, m.root.names, sortedKeys(b.body.attrs), []string{"id", "arn"})
	}
	addr := m.address(b, k)
	for _, n := range names {
		if _, ok := attrs[n]; !ok && !slices.Contains([]string{"count", "for_each", "provider", "depends_on", "lifecycle"}, n) {
			attrs[n] = m.memo(addr+"."+n, func() cty.Value { return m.attribute(b, k, n) }).value
		}
	}
	return cty.ObjectVal(attrs)
}

func (m *instance) ref(b *resourceBlock, k key, attr string) resource.Ref {
	addr := m.address(b, k)
	g := probity.Gap{Reason: probity.Computed, Because: addr + "." + attr}
	if b.data {
		g = probity.Gap{Reason: probity.Unresolved, Needs: addr}
	}
	return resource.Ref{Addr: addr, Type: b.typ, Attr: attr, Gap: g}
}

// attribute is one attribute of an instance: as configured, or else computed.
func (m *instance) attribute(b *resourceBlock, k key, name string) cty.Value {
	if b.data {
		if v, ok := m.dataAttribute(b, k, name); ok {
			return v
		}
	}
	if a := b.body.attrs[name]; a != nil {
		if v := m.scope(k).eval(a.Expr); !v.IsKnown() || !v.IsNull() {
			if resource.IsSecret(name) { // as the providers' schemas have it
				return v.Mark(concealed{})
			}
			return v
		}
	}
	ref := m.ref(b, k, name)
	if b.typ == "aws_s3_bucket" && !b.data && (name == "arn" || name == "id") {
		if s, ok := toText(m.memo(m.address(b, k)+".bucket", func() cty.Value { return m.attribute(b, k, "bucket") }).value); ok {
			ref.Says = map[string]string{"arn": "arn:aws:s3:::" + s, "id": s}[name]
		}
	}
	if textual(name) && !slices.ContainsFunc(b.body.blocks, func(n *block) bool { return blockName(n) == name }) {
		return m.root.placeholder(ref)
	}
	return cty.DynamicVal.Mark(why(ref.Gap))
}

// textual tells from an attribute's name that it is one text which names something, and so never "*" or a range.
func textual(name string) bool {
	if slices.Contains([]string{"id", "arn", "bucket", "name", "identifier", "endpoint", "address", "partition", "dns_suffix", "region", "domain", "url"}, name) {
		return true
	}
	for _, end := range []string{"_id", "_arn", "_name", "_identifier", "_endpoint", "_domain_name", "_address"} {
		if strings.HasSuffix(name, end) {
			return true
		}
	}
	return false
}
