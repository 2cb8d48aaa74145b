package config

import (
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"
)

// add takes a file's blocks into the module; those of an override file are laid over what is there.
func (l *loader) add(m *module, f *hcl.File, override bool) {
	content, _, diags := f.Body.PartialContent(l.schema()) // what the schema does not name says nothing of stores
	l.diagnose(diags)
	if content == nil {
		return
	}
	var asked map[int][]comment
	if native, ok := f.Body.(*hclsyntax.Body); ok { // JSON has no comments
		asked = ignores(f.Bytes, native.SrcRange.Filename, native)
	}
	for _, b := range content.Blocks {
		switch b.Type {
		case "variable":
			v := l.body(b.Body, b.DefRange)
			if old := m.variables[b.Labels[0]]; old != nil && override {
				old.block.override(v)
			} else {
				m.variables[b.Labels[0]] = &variable{block: v, at: b.DefRange}
			}
		case "locals":
			attrs, diags := b.Body.JustAttributes()
			l.diagnose(diags)
			for name, a := range attrs {
				m.locals[name] = a
			}
		case "output":
			o := l.body(b.Body, b.DefRange)
			if a := o.attrs["value"]; a != nil {
				m.outputs[b.Labels[0]] = a.Expr
			}
			m.concealed[b.Labels[0]] = m.concealed[b.Labels[0]] || o.says("sensitive")
		case "resource", "data":
			l.addResource(m, b, override, asked[b.DefRange.Start.Byte])
		case "module":
			c := &call{name: b.Labels[0], body: l.body(b.Body, b.DefRange), at: b.DefRange, asked: asked[b.DefRange.Start.Byte]}
			if old := m.calls[c.name]; old != nil && override {
				old.body.override(c.body)
				old.asked = append(old.asked, c.asked...)
				c = old
			}
			c.source = constant(c.body.attrs["source"])
			m.calls[c.name] = c
		case "moved":
			l.addMove(m, b)
		case "terraform":
			l.require(m, b)
		case "provider":
			p := &provider{name: b.Labels[0], body: l.body(b.Body, b.DefRange)}
			if alias := constant(p.body.attrs["alias"]); alias != "" {
				p.name += "." + alias
			}
			if old := m.provider(p.name); old != nil && override {
				old.body.override(p.body)
			} else {
				m.providers = append(m.providers, p)
			}
		}
	}
}

// require notes which provider each name stands for, and where the state is kept.
func (l *loader) require(m *module, b *hcl.Block) {
	settings := l.body(b.Body, b.DefRange)
	if in := jsonBackend(settings.attrs["backend"]); in != nil {
		m.backend = in
	}
	for _, n := range settings.blocks {
		if n.typ == "backend" {
			m.backend = n
		}
		if n.typ != "required_providers" {
			continue
		}
		for name, a := range n.body.attrs {
			pairs, _ := hcl.ExprMap(a.Expr)
			for _, p := range pairs {
				if source, ok := constantText(p.Value); ok && providerName(p.Key, "") == "source" {
					m.required[name] = strings.TrimPrefix(strings.ToLower(source), "registry.terraform.io/")
				}
			}
		}
	}
}

func (m *module) provider(name string) *provider {
	for _, p := range m.providers {
		if p.name == name {
			return p
		}
	}
	return nil
}

func (l *loader) addResource(m *module, b *hcl.Block, override bool, asked []comment) {
	r := &resourceBlock{typ: b.Labels[0], name: b.Labels[1], data: b.Type == "data", body: l.body(b.Body, b.DefRange), at: b.DefRange, asked: asked}
	if l.places {
		r.body.strip()
	}
	key := r.typ + "." + r.name
	if r.data {
		key = "data." + key
	}
	if old := m.byName[key]; old != nil {
		if override {
			old.body.override(r.body)
			old.asked = append(old.asked, r.asked...)
		} else {
			l.lose(b.DefRange.Filename, b.DefRange.Start.Line, 1, "a second resource of the same type and name")
		}
		return
	}
	m.byName[key] = r
	m.resources = append(m.resources, r)
}

// constant is the value of an attribute that may not refer to anything.
func constant(a *hcl.Attribute) string {
	if a == nil {
		return ""
	}
	v, diags := a.Expr.Value(nil)
	if diags.HasErrors() || !v.IsKnown() || v.IsNull() || v.Type() != cty.String {
		return ""
	}
	return v.AsString()
}
