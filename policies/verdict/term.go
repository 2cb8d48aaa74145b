package verdict

import "github.com/open-policy-agent/opa/v1/ast"

// filling are values for gaps that have few.
type filling []filled

type filled struct {
	gap *Node
	at  int // of its few values
}

// of gives the value of a gap and its place among those it can take; nil: it has none.
func (f filling) of(n *Node) (int, *ast.Term) {
	for _, x := range f {
		if x.gap == n {
			return x.at, n.few.terms[x.at]
		}
	}
	return 0, nil
}

// term builds Rego's view of what is known. A gap is absent, unless it is filled.
func (n *Node) term(fill filling) (*ast.Term, bool) {
	switch n.form {
	case closed:
		return n.value, true
	case missing:
		_, v := fill.of(n)
		return v, v != nil
	case later:
		return n.seen(nil).term(fill)
	case list:
		t := n.value
		if t == nil {
			t = ast.ArrayTerm(n.terms(fill)...)
		}
		if n.whole {
			n.value = t
		}
		return t, true
	}
	pairs := make([][2]*ast.Term, 0, len(n.fields))
	for i, f := range n.fields {
		if t, ok := f.term(fill); ok {
			pairs = append(pairs, [2]*ast.Term{ast.InternedTerm(n.names[i]), t})
		}
	}
	return ast.ObjectTerm(pairs...), true
}

func (n *Node) terms(fill filling) []*ast.Term {
	out := make([]*ast.Term, 0, len(n.items))
	for _, it := range n.items {
		t, ok := it.term(fill)
		if !ok {
			t = ast.NewTerm(ast.NewObject())
		}
		out = append(out, t)
	}
	return out
}

// Known is what is known of a document, its gaps absent: for texts and risk, never for a verdict.
func (n *Node) Known() ast.Value {
	t, _ := n.term(nil)
	return t.Value
}
