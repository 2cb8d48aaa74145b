// Package verdict says what a rule makes of a document that is known only in part: pass, fail, unknown or not applicable,
// and which gaps decide. It knows Rego and gaps; it knows no asset, no file, no rule's metadata.
package verdict

import (
	"crypto/sha256"
	"fmt"
	"sort"
	"strconv"
	"sync/atomic"

	"github.com/open-policy-agent/opa/v1/ast"

	"github.com/probity-scan/probity"
)

// Node is a part of a document, of exactly one form: structure, list, closed value or gap.
type Node struct {
	form   form
	fields map[string]*Node
	items  []*Node
	value  ast.Value
	gap    *probity.Gap // the gap, or for a list what else may exist
	domain []ast.Value  // all values that a gap can take, if they are few
	text   atomic.Pointer[string]
}

type form uint8

const (
	structure form = iota
	list
	closed
	missing
)

// Fields is a structure: whoever reads a field that it does not have meets the gap not-collected.
func Fields(m map[string]*Node) *Node { return &Node{form: structure, fields: m} }

// Items is a list; rest is nil, or why there may be more. An item is a structure or a value.
func Items(rest *probity.Gap, items ...*Node) *Node {
	return &Node{form: list, items: items, gap: rest}
}

// Value is a closed value of JSON's types: what it does not hold is not there.
func Value(v any) (*Node, error) {
	a, err := ast.InterfaceToValue(v)
	if err != nil {
		return nil, fmt.Errorf("turning a value into a document: %w", err)
	}
	return &Node{form: closed, value: a}, nil
}

// Gap is a value that is not known; domain lists all that it can be, or is empty when they are many.
func Gap(g probity.Gap, domain ...ast.Value) *Node {
	return &Node{form: missing, gap: &g, domain: domain}
}

// term builds Rego's view of what is known. A gap is absent, unless fill has its value.
func (n *Node) term(fill map[*Node]ast.Value) (*ast.Term, bool) {
	switch n.form {
	case closed:
		return ast.NewTerm(n.value), true
	case missing:
		v, ok := fill[n]
		return ast.NewTerm(v), ok
	case list:
		terms := make([]*ast.Term, 0, len(n.items))
		for _, it := range n.items {
			t, ok := it.term(fill)
			if !ok {
				t = ast.NewTerm(ast.NewObject())
			}
			terms = append(terms, t)
		}
		return ast.ArrayTerm(terms...), true
	}
	pairs := make([][2]*ast.Term, 0, len(n.fields))
	for k, f := range n.fields {
		if t, ok := f.term(fill); ok {
			pairs = append(pairs, [2]*ast.Term{ast.StringTerm(k), t})
		}
	}
	return ast.ObjectTerm(pairs...), true
}

// keyOf is a digest that is equal for equal nodes only, of what is wanted of them.
func (n *Node) keyOf(wanted *Paths) string {
	b := sha256.Sum256(n.key(nil, wanted))
	return string(b[:])
}

// key writes a text that is equal for equal nodes only; of a structure, for those whose wanted fields are. A wanted field that
// is not there is a gap.
func (n *Node) key(b []byte, wanted *Paths) []byte {
	switch n.form {
	case closed:
		return append(append(b, '='), n.said()...)
	case missing:
		return strconv.AppendInt(gapKey(append(b, '?'), n.gap), int64(len(n.domain)), 10)
	case list:
		b = append(b, '[')
		for _, it := range n.items {
			b = append(it.key(b, nil), ',')
		}
		if n.gap != nil {
			b = gapKey(append(b, '?'), n.gap)
		}
		return append(b, ']')
	}
	names := wanted.of(n)
	b = append(b, '{')
	for _, k := range names {
		b = append(strconv.AppendQuote(b, k), ':')
		p, _ := wanted.Below(k)
		if f, ok := n.fields[k]; ok {
			b = f.key(b, p)
		} else {
			b = strconv.AppendInt(gapKey(append(b, '?'), &probity.Gap{Reason: probity.NotCollected}), 0, 10)
		}
		b = append(b, ',')
	}
	return append(b, '}')
}

// of lists the wanted fields of a structure, there or not, sorted.
func (p *Paths) of(n *Node) []string {
	if p != nil && !p.whole {
		return p.names
	}
	names := make([]string, 0, len(n.fields))
	for k := range n.fields {
		names = append(names, k)
	}
	if p != nil {
		for _, k := range p.names {
			if _, ok := n.fields[k]; !ok {
				names = append(names, k)
			}
		}
	}
	sort.Strings(names)
	return names
}

// said is a closed value as text, which many rules ask for.
func (n *Node) said() string {
	if s := n.text.Load(); s != nil {
		return *s
	}
	s := n.value.String()
	n.text.Store(&s)
	return s
}

func gapKey(b []byte, g *probity.Gap) []byte {
	return strconv.AppendQuote(strconv.AppendQuote(append(b, g.Reason...), g.Needs), g.Because)
}

// Set gives a structure a field.
func (n *Node) Set(name string, f *Node) { n.fields[name] = f }

// Each walks the fields of a structure.
func (n *Node) Each(visit func(name string, f *Node)) {
	for k, f := range n.fields {
		visit(k, f)
	}
}

// Known is what is known of a document, its gaps absent: for texts and risk, never for a verdict.
func (n *Node) Known() ast.Value {
	t, _ := n.term(nil)
	return t.Value
}
