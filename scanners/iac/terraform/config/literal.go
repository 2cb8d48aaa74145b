package config

import (
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"
)

// written says where the text of a value comes from: from the code, from elsewhere, or nobody can tell. Nought is neither,
// as of null.
type written int

const (
	inCode written = 1 << iota
	elsewhere
	untold
)

// search follows an expression through all that it refers to. It looks at the code and not at values, which tell nothing of
// where a part of them stood.
type search struct {
	root *Root
	seen map[visit]written
	left int
}

type visit struct {
	m    *instance
	name string
}

const maxSearch = 20_000

func (s scope) written(e hcl.Expression) written {
	f := &search{root: s.m.root, seen: map[visit]written{}, left: maxSearch}
	return f.expr(s, e, nil)
}

// once follows what a name stands for; what refers to itself adds nothing.
func (f *search) once(m *instance, name string, rest hcl.Traversal, follow func() written) written {
	for _, step := range rest {
		name += "." + stepName(step)
	}
	k := visit{m, name}
	if w, ok := f.seen[k]; ok {
		return w
	}
	f.seen[k] = 0
	w := follow()
	f.seen[k] = w
	return w
}

// expr follows an expression of which only what rest leads to is taken.
func (f *search) expr(s scope, e hcl.Expression, rest hcl.Traversal) written {
	if f.left--; f.left < 0 {
		return untold
	}
	n, err := f.root.native(e)
	if err != nil {
		return untold
	}
	switch n := n.(type) {
	case *hclsyntax.LiteralValueExpr:
		return literal(n.Val)
	case *hclsyntax.TemplateExpr:
		return f.mixed(s, n.Parts...)
	case *hclsyntax.TemplateWrapExpr:
		return f.expr(s, n.Wrapped, rest)
	case *hclsyntax.ParenthesesExpr:
		return f.expr(s, n.Expression, rest)
	case *hclsyntax.ConditionalExpr:
		return f.expr(s, n.TrueResult, rest) | f.expr(s, n.FalseResult, rest)
	case *hclsyntax.FunctionCallExpr:
		return f.call(s, n)
	case *hclsyntax.ScopeTraversalExpr:
		return f.reference(s, append(n.Traversal[:len(n.Traversal):len(n.Traversal)], rest...))
	case *hclsyntax.RelativeTraversalExpr:
		return f.expr(s, n.Source, append(n.Traversal[:len(n.Traversal):len(n.Traversal)], rest...))
	case *hclsyntax.IndexExpr:
		return f.expr(s, n.Collection, nil)
	case *hclsyntax.SplatExpr:
		return f.expr(s, n.Source, nil)
	case *hclsyntax.ForExpr:
		return f.expr(s, n.CollExpr, nil)
	case *hclsyntax.TupleConsExpr:
		return f.any(s, n.Exprs...)
	case *hclsyntax.ObjectConsExpr:
		return f.object(s, n, rest)
	case *metered:
		return f.expr(s, n.Expression, rest)
	case *modest:
		return f.expr(s, n.Expression, rest)
	case *hclsyntax.BinaryOpExpr:
		return f.mixed(s, n.LHS, n.RHS)
	case *hclsyntax.UnaryOpExpr:
		return f.expr(s, n.Val, nil)
	}
	return untold
}

func literal(v cty.Value) written {
	if !v.IsKnown() || v.IsNull() || v.Type() == cty.Bool || v.Type() == cty.String && v.AsString() == "" {
		return 0
	}
	return inCode
}

// any is for parts of which each may be the value.
func (f *search) any(s scope, parts ...hclsyntax.Expression) written {
	out := written(0)
	for _, p := range parts {
		out |= f.expr(s, p, nil)
	}
	return out
}

// mixed is for parts that make one text: with a part from elsewhere, nobody can read the whole in the code.
func (f *search) mixed(s scope, parts ...hclsyntax.Expression) written {
	out := f.any(s, parts...)
	if out&elsewhere != 0 {
		return out &^ inCode
	}
	return out
}

func (f *search) object(s scope, n *hclsyntax.ObjectConsExpr, rest hcl.Traversal) written {
	out := written(0)
	for _, item := range n.Items {
		if key, ok := keyText(item.KeyExpr); ok && len(rest) > 0 && stepName(rest[0]) != anyStep && key != stepName(rest[0]) {
			continue
		}
		out |= f.expr(s, item.ValueExpr, rest[min(len(rest), 1):])
	}
	return out
}

func keyText(e hclsyntax.Expression) (string, bool) {
	v, diags := e.Value(nil)
	if diags.HasErrors() {
		return "", false
	}
	return toText(v)
}

func stepName(t hcl.Traverser) string {
	switch t := t.(type) {
	case hcl.TraverseAttr:
		return t.Name
	case hcl.TraverseIndex:
		s, _ := toText(t.Key)
		return s
	}
	return anyStep
}

// anyStep leads to every element.
const anyStep = "*"

// call follows those arguments of a function that the result is made of. What a file holds stands in the code.
func (f *search) call(s scope, n *hclsyntax.FunctionCallExpr) written {
	args := n.Args
	name := strings.TrimPrefix(n.Name, "core::")
	pick := func(places ...int) []hclsyntax.Expression {
		var out []hclsyntax.Expression
		for _, p := range places {
			if p < len(args) {
				out = append(out, args[p])
			}
		}
		return out
	}
	switch name {
	case "file", "filebase64", "templatefile":
		if v := s.eval(n); v.IsKnown() && !v.IsNull() {
			return inCode
		}
		return untold
	case "try", "coalesce", "coalescelist", "merge", "concat", "flatten", "values", "tolist", "toset", "tomap", "list", "sensitive", "nonsensitive":
		return f.any(s, args...)
	case "lookup":
		return f.any(s, pick(0, 2)...)
	case "join", "split", "regex", "regexall":
		return f.any(s, pick(1)...)
	case "substr", "element", "slice", "replace", "trim", "trimprefix", "trimsuffix", "one", "jsondecode", "yamldecode", "chunklist", "zipmap":
		return f.any(s, pick(0)...)
	case "timestamp", "plantimestamp", "uuid":
		return elsewhere
	case "format":
		if len(args) > 1 {
			args = args[1:]
		}
	}
	return f.mixed(s, args...)
}

// reference follows what a name stands for. What a resource, a data source or whoever runs Terraform supplies is elsewhere.
func (f *search) reference(s scope, t hcl.Traversal) written {
	m, name := s.m, step(t, 1)
	rest := t[min(len(t), 2):]
	if _, ok := s.extra[t.RootName()]; ok {
		return untold
	}
	switch t.RootName() {
	case "var":
		return f.once(m, "var."+name, rest, func() written { return f.variable(m, name, rest) })
	case "local":
		a := m.mod.locals[name]
		if a == nil {
			return untold
		}
		return f.once(m, "local."+name, rest, func() written { return f.expr(m.scope(key{}), a.Expr, rest) })
	case "module":
		return f.once(m, "module."+name, rest, func() written { return f.output(m, name, rest) })
	case "each":
		if s.each == nil || name != "value" {
			return untold
		}
		return f.expr(m.scope(key{}), s.each.Expr, append(hcl.Traversal{hcl.TraverseSplat{}}, rest...))
	case "count", "path", "terraform":
		return 0
	case "data", "ephemeral", "self":
		return elsewhere
	}
	typ := t.RootName()
	if typ == "resource" {
		typ, name, rest = step(t, 1), step(t, 2), t[min(len(t), 3):]
	}
	b := m.mod.byName[typ+"."+name]
	if b == nil {
		return untold
	}
	for len(rest) > 0 { // past the key of an instance
		if _, ok := rest[0].(hcl.TraverseAttr); ok {
			break
		}
		rest = rest[1:]
	}
	if len(rest) == 0 {
		return untold
	}
	a := b.body.attrs[stepName(rest[0])]
	if a == nil {
		return elsewhere
	}
	return f.once(m, typ+"."+name, rest, func() written { return f.expr(m.scope(key{}), a.Expr, rest[1:]) })
}

func (f *search) variable(m *instance, name string, rest hcl.Traversal) written {
	v := m.mod.variables[name]
	if v == nil {
		return untold
	}
	if m.call != nil {
		if a := m.call.body.attrs[name]; a != nil {
			return f.expr(m.parent.scope(m.key), a.Expr, rest)
		}
	} else if _, ok := m.root.Variables[name]; ok {
		return elsewhere
	} else if a, from := m.tfvar(name); a != nil {
		if from.outside {
			return elsewhere
		}
		return f.expr(m.scope(key{}), a.Expr, rest)
	} else if from.name != "" {
		return untold
	} else if _, ok := m.root.Environment[name]; ok {
		return elsewhere
	}
	if def := v.block.attrs["default"]; def != nil {
		return f.expr(m.scope(key{}), def.Expr, rest)
	}
	return elsewhere
}

func (f *search) output(m *instance, name string, rest hcl.Traversal) written {
	c := m.mod.calls[name]
	if c == nil || c.gap != nil {
		return untold
	}
	for len(rest) > 0 {
		if a, ok := rest[0].(hcl.TraverseAttr); ok {
			out := written(0)
			for _, kid := range m.children(c).instances {
				if e := kid.mod.outputs[a.Name]; e != nil {
					out |= f.expr(kid.scope(key{}), e, rest[1:])
				} else {
					out |= untold
				}
			}
			return out
		}
		rest = rest[1:]
	}
	return untold
}
