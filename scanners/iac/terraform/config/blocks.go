package config

import (
	"fmt"

	"github.com/hashicorp/hcl/v2"
	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/convert"

	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/iac/resource"
)

// block evaluates a body with its nested and dynamic blocks.
func (r *Root) block(b *body, s scope, at *probity.Origin) *resource.Block {
	return r.evaluated(b, s, at, false)
}

// evaluated is block; at the top of a resource stand blocks that speak to Terraform itself.
func (r *Root) evaluated(b *body, s scope, at *probity.Origin, top bool) *resource.Block {
	out := &resource.Block{At: at, Attrs: make(map[string]resource.Value, len(b.attrs)+len(b.blocks))}
	for name, a := range b.attrs {
		origin := s.m.origin(a.NameRange)
		switch {
		case isMeta(name):
		case resource.IsSecret(name):
			out.Attrs[name] = r.secret(a, s, origin)
		default:
			v := r.value(s.eval(a.Expr), origin)
			if u, ok := v.Data.(resource.Unknown); ok {
				u.Document = r.draft(a, s, origin)
				v.Data = u
			}
			out.Attrs[name] = v
		}
	}
	for _, n := range b.blocks {
		switch {
		case n.typ == "dynamic" && len(n.labels) == 1:
			r.dynamic(n, s, out)
		case !top || n.typ != "lifecycle" && n.typ != "provisioner" && n.typ != "connection":
			o := s.m.origin(n.at)
			appendBlock(out, n.typ, resource.Value{Data: r.block(n.body, s, o), At: o})
		}
	}
	return out
}

func isMeta(name string) bool {
	switch name {
	case "count", "for_each", "provider", "depends_on", "providers", "source", "version":
		return true
	}
	return false
}

// secret tells whether a secret is written in the code; its value goes no further.
func (r *Root) secret(a *hcl.Attribute, s scope, at *probity.Origin) resource.Value {
	v, marks := s.eval(a.Expr).UnmarkDeep()
	if v.IsKnown() && v.IsNull() {
		return resource.Value{At: at}
	}
	empty := v.IsKnown() && v.Type() == cty.String && v.AsString() == ""
	switch w := s.written(a.Expr); {
	case empty:
		return resource.Value{Data: resource.Secret{}, At: at}
	case w&inCode != 0, w&untold != 0 && v.IsWhollyKnown() && !r.opaque(v.WithMarks(marks)):
		return resource.Value{Data: resource.Secret{Literal: true, Holds: v.IsKnown() && v.Type() == cty.String && resource.ScriptHolds(a.Name, v.AsString())}, At: at}
	case w == elsewhere:
		return resource.Value{Data: resource.Secret{}, At: at}
	case v.IsKnown():
		return resource.Value{Data: resource.Unknown{Gap: probity.Gap{Reason: probity.Unresolved, Because: "nobody can tell where the secret stands"}}, At: at}
	}
	g, _ := r.gap(marks)
	return resource.Value{Data: resource.Unknown{Gap: g}, At: at}
}

func appendBlock(out *resource.Block, typ string, v resource.Value) {
	old := out.Attrs[typ]
	list, _ := old.Data.(resource.List)
	list.Items = append(list.Items, v)
	if old.At == nil {
		old.At = v.At
	}
	out.Attrs[typ] = resource.Value{Data: list, At: old.At}
}

// dynamic unfolds a dynamic block. With an unknown for_each there may be such blocks or none.
func (r *Root) dynamic(d *block, s scope, out *resource.Block) {
	typ, at := d.labels[0], s.m.origin(d.at)
	content := d.body.child("content")
	each := d.body.attrs["for_each"]
	if content == nil || each == nil {
		return
	}
	name := typ
	if it := d.body.attrs["iterator"]; it != nil {
		if t, diags := hcl.AbsTraversalForExpr(it.Expr); !diags.HasErrors() && len(t) == 1 {
			name = t.RootName()
		}
	}
	v := s.eval(each.Expr)
	plain, marks := v.Unmark()
	if !plain.IsKnown() || r.hides(marks) && !plain.Type().IsSetType() {
		g, _ := r.gap(deepMarks(v))
		r.openBlock(out, typ, g, at)
		return
	}
	if plain.IsNull() || !plain.CanIterateElements() {
		return
	}
	n := 0
	for it := plain.ElementIterator(); it.Next(); n++ {
		if r.fuel -= blockFuel; r.fuel <= 0 || n >= maxInstances {
			r.openBlock(out, typ, probity.Gap{Reason: probity.Unresolved, Because: fmt.Sprintf("a dynamic block has more than %d elements", n)}, at)
			return
		}
		k, e := it.Element()
		if plain.Type().IsSetType() {
			k = e
		}
		in := s.with(name, cty.ObjectVal(map[string]cty.Value{"key": concealing(k, marks), "value": concealing(e, marks)}))
		o := s.m.origin(content.at)
		appendBlock(out, typ, resource.Value{Data: r.block(content, in, o), At: o})
	}
}

func (r *Root) openBlock(out *resource.Block, typ string, g probity.Gap, at *probity.Origin) {
	list, _ := out.Attrs[typ].Data.(resource.List)
	list.Rest = &g
	out.Attrs[typ] = resource.Value{Data: list, At: at}
}

// toText is a value as a text, if it can be one.
func toText(v cty.Value) (string, bool) {
	plain, marks := v.Unmark()
	s, err := convert.Convert(plain, cty.String)
	if err != nil || !s.IsKnown() || s.IsNull() || len(marks) > 0 {
		return "", false
	}
	return s.AsString(), true
}
