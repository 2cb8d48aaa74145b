package template

import (
	"reflect"

	"go.yaml.in/yaml/v3"

	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/iac/resource"
)

// either is Fn::If. With a condition that is not known it is what both sides have in common.
func (s scope) either(arg *yaml.Node) resource.Value {
	a, ok := args(arg, 3)
	if !ok {
		return malformed("Fn::If")
	}
	c := s.condition(s.filled(textOf(a[0])))
	if n := follow(a[0]); n != nil && (n.Kind != yaml.ScalarNode || isFunction(n)) {
		c = s.holds(n)
	}
	switch {
	case c.gap == nil && c.value:
		return s.eval(a[1])
	case c.gap == nil:
		return s.eval(a[2])
	}
	return Common(s.eval(a[1]), s.eval(a[2]), *c.gap)
}

// Common keeps what two values have in common; the rest is not known, for the reason given.
func Common(v, w resource.Value, g probity.Gap) resource.Value {
	switch d := v.Data.(type) {
	case *resource.Block:
		if f, ok := w.Data.(*resource.Block); ok {
			return resource.Value{Data: shared(d, f, g), At: v.At}
		}
	case resource.List:
		if l, ok := w.Data.(resource.List); ok && !same(v, w) {
			out := resource.List{Rest: &g}
			for i := range min(len(d.Items), len(l.Items)) {
				if same(d.Items[i], l.Items[i]) {
					out.Items = append(out.Items, d.Items[i])
				}
			}
			return resource.Value{Data: out, At: v.At}
		}
	}
	if same(v, w) {
		return v
	}
	out := resource.Unknown{Gap: g}
	for _, x := range []resource.Value{v, w} {
		switch d := x.Data.(type) {
		case resource.Ref:
			out.Refs = append(out.Refs, d)
		case resource.Unknown:
			out.Refs, out.Else = append(out.Refs, d.Refs...), out.Else || d.Else || len(d.Refs) == 0
		default:
			out.Else = true
		}
	}
	return resource.Value{Data: out, At: v.At}
}

func shared(b, c *resource.Block, g probity.Gap) *resource.Block {
	out := &resource.Block{At: b.At, Attrs: map[string]resource.Value{}, Rest: b.Rest}
	if out.Rest == nil {
		out.Rest = c.Rest
	}
	for name, v := range b.Attrs {
		out.Attrs[name] = Common(v, c.Attrs[name], g)
	}
	for name, w := range c.Attrs {
		if _, done := b.Attrs[name]; !done {
			out.Attrs[name] = resource.Value{Data: resource.Unknown{Gap: g}, At: w.At}
		}
	}
	return out
}

// same reports whether two values are alike, wherever they stand. What is not known is never the same.
func same(v, w resource.Value) bool {
	switch d := v.Data.(type) {
	case *resource.Block:
		f, ok := w.Data.(*resource.Block)
		if !ok || len(d.Attrs) != len(f.Attrs) || d.Rest != nil || f.Rest != nil {
			return false
		}
		for name, a := range d.Attrs {
			if !same(a, f.Attrs[name]) {
				return false
			}
		}
		return true
	case resource.List:
		l, ok := w.Data.(resource.List)
		if !ok || len(d.Items) != len(l.Items) || d.Rest != nil || l.Rest != nil {
			return false
		}
		for i := range d.Items {
			if !same(d.Items[i], l.Items[i]) {
				return false
			}
		}
		return true
	case resource.Unknown:
		return false
	case resource.Secret:
		f, ok := w.Data.(resource.Secret)
		return ok && d == f
	}
	t, ok1 := plain(v)
	u, ok2 := plain(w)
	return ok1 && ok2 && t == u || !ok1 && !ok2 && reflect.DeepEqual(v.Data, w.Data)
}
