package config

import (
	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"

	"github.com/probity-scan/probity/scanners/iac/resource"
)

// body is a block's content in either syntax, without a schema: nobody needs to know a provider's attributes to read them.
type body struct {
	attrs  map[string]*hcl.Attribute
	blocks []*block
	at     hcl.Range
	// literals are the values of attributes that are written as they are; kept where expressions are not
	literals map[string]any
	lists    map[string]bool // attributes that list references and nothing else; kept likewise
}

type block struct {
	typ    string
	labels []string
	body   *body
	at     hcl.Range
}

// body takes a block's content apart; what is malformed in it is a loss.
func (l *loader) body(b hcl.Body, at hcl.Range) *body {
	if native, ok := b.(*hclsyntax.Body); ok {
		return nativeBody(native, at)
	}
	// In JSON a nested block looks like an attribute with an object; its value has the same shape in the end.
	out := &body{attrs: map[string]*hcl.Attribute{}, at: at}
	content, rest, diags := b.PartialContent(&hcl.BodySchema{Blocks: []hcl.BlockHeaderSchema{{Type: "dynamic", LabelNames: []string{"type"}}}})
	l.diagnose(diags)
	if content != nil {
		for _, d := range content.Blocks {
			out.blocks = append(out.blocks, &block{typ: "dynamic", labels: d.Labels, body: l.jsonDynamic(d.Body, d.DefRange), at: d.DefRange})
		}
		b = rest
	}
	attrs, more := b.JustAttributes()
	l.diagnose(more)
	for _, name := range sortedKeys(attrs) {
		if blocks, ok := nested(name, attrs[name].Expr, attrs[name].NameRange); ok {
			out.blocks = append(out.blocks, blocks...)
		} else {
			out.attrs[name] = attrs[name]
		}
	}
	return out
}

func nativeBody(b *hclsyntax.Body, at hcl.Range) *body {
	out := &body{attrs: make(map[string]*hcl.Attribute, len(b.Attributes)), at: at}
	for name, a := range b.Attributes {
		out.attrs[name] = a.AsHCLAttribute()
	}
	for _, n := range b.Blocks {
		out.blocks = append(out.blocks, &block{typ: n.Type, labels: n.Labels, body: nativeBody(n.Body, n.DefRange()), at: n.DefRange()})
	}
	return out
}

func (l *loader) jsonDynamic(b hcl.Body, at hcl.Range) *body {
	out := &body{attrs: map[string]*hcl.Attribute{}, at: at}
	content, rest, diags := b.PartialContent(&hcl.BodySchema{Blocks: []hcl.BlockHeaderSchema{{Type: "content"}}})
	l.diagnose(diags)
	if content != nil {
		for _, c := range content.Blocks {
			out.blocks = append(out.blocks, &block{typ: "content", body: l.body(c.Body, c.DefRange), at: c.DefRange})
		}
		b = rest
	}
	attrs, more := b.JustAttributes()
	l.diagnose(more)
	for name, a := range attrs {
		out.attrs[name] = a
	}
	return out
}

// override lays another body over b: attributes and nested blocks of the same name are replaced. In JSON a block is an
// attribute, so each replaces the other too.
func (b *body) override(o *body) {
	replaced := map[string]bool{}
	for _, n := range o.blocks {
		replaced[blockName(n)] = true
	}
	for name, a := range o.attrs {
		replaced[name] = true
		b.attrs[name] = a
	}
	var kept []*block
	for _, n := range b.blocks {
		if !replaced[blockName(n)] {
			kept = append(kept, n)
		}
	}
	for _, n := range o.blocks {
		if o.attrs[blockName(n)] == nil {
			delete(b.attrs, blockName(n))
		}
	}
	b.blocks = append(kept, o.blocks...)
}

// blockName is the type of the blocks that a block makes.
func blockName(b *block) string {
	if b.typ == "dynamic" && len(b.labels) == 1 {
		return b.labels[0]
	}
	return b.typ
}

// child is the first nested block of a type; in JSON such a block is an attribute and not found here.
func (b *body) child(typ string) *body {
	for _, n := range b.blocks {
		if n.typ == typ {
			return n.body
		}
	}
	return nil
}

// strip lets go of expressions: what is left tells where things stand, and what is written as it is.
func (b *body) strip() {
	for name, a := range b.attrs {
		if v := asWritten(a.Expr); v != nil && !resource.IsSecret(name) {
			if b.literals == nil {
				b.literals = map[string]any{}
			}
			b.literals[name] = v
		}
		if namesOnly(a.Expr) {
			if b.lists == nil {
				b.lists = map[string]bool{}
			}
			b.lists[name] = true
		}
		a.Expr = nil
	}
	for _, n := range b.blocks {
		n.body.strip()
	}
}

// namesOnly reports whether an expression is a list of bare references.
func namesOnly(e hcl.Expression) bool {
	list, ok := e.(*hclsyntax.TupleConsExpr)
	if !ok {
		return false
	}
	for _, item := range list.Exprs {
		if _, ok := item.(*hclsyntax.ScopeTraversalExpr); !ok {
			return false
		}
	}
	return true
}

// asWritten is the value of a bare literal, as JSON has it; nil for every other expression.
func asWritten(e hcl.Expression) any {
	switch n := e.(type) {
	case *hclsyntax.LiteralValueExpr:
	case *hclsyntax.TemplateExpr:
		if !n.IsStringLiteral() {
			return nil
		}
	default:
		return nil
	}
	v, diags := e.Value(nil)
	if diags.HasErrors() || v.IsNull() || !v.IsKnown() {
		return nil
	}
	switch v.Type() {
	case cty.String:
		return v.AsString()
	case cty.Bool:
		return v.True()
	case cty.Number:
		f, _ := v.AsBigFloat().Float64()
		return f
	}
	return nil
}
