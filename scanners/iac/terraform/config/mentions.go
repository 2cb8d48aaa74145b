package config

import (
	"sort"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
)

// mentions are the names of attributes and functions that the code speaks of. Without a provider's schema they tell
// which computed attributes an object must seem to have, and calls of functions nobody knows become unknown values.
type mentions struct {
	attrs     map[string]bool
	functions map[string]bool
}

func (s *mentions) add(b hclsyntax.Node, spend func(int)) {
	if s.attrs == nil {
		s.attrs, s.functions = map[string]bool{}, map[string]bool{}
	}
	_ = hclsyntax.VisitAll(b, func(n hclsyntax.Node) hcl.Diagnostics { // the visitor finds no fault
		switch n := n.(type) {
		case *hclsyntax.FunctionCallExpr:
			s.functions[n.Name] = true
		case *hclsyntax.ScopeTraversalExpr:
			s.steps(n.Traversal)
		case *hclsyntax.RelativeTraversalExpr:
			s.steps(n.Traversal)
		case *hclsyntax.ForExpr:
			n.ValExpr = &metered{Expression: within(n.ValExpr), spend: spend}
		case *hclsyntax.BinaryOpExpr:
			if n.Op == hclsyntax.OpMultiply || n.Op == hclsyntax.OpDivide {
				n.LHS, n.RHS = &modest{within(n.LHS)}, &modest{within(n.RHS)}
			}
		case *hclsyntax.LiteralValueExpr:
			if huge(n.Val) {
				n.Val = unevaluated("the number is too large")
			}
		}
		return nil
	})
}

// within makes an expression the child of its wrapper: only children are searched for references.
func within(e hclsyntax.Expression) hclsyntax.Expression {
	return &hclsyntax.ParenthesesExpr{Expression: e, SrcRange: e.Range()}
}

func (s *mentions) steps(t hcl.Traversal) {
	for _, step := range t {
		if a, ok := step.(hcl.TraverseAttr); ok {
			s.attrs[a.Name] = true
		}
	}
}

func (s *mentions) names() []string {
	out := make([]string, 0, len(s.attrs))
	for n := range s.attrs {
		out = append(out, n)
	}
	sort.Strings(out)
	return out
}
