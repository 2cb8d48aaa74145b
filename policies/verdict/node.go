// Package verdict says what a rule makes of a document that is known only in part: pass, fail, unknown or not applicable,
// and which gaps decide. It knows Rego and gaps; it knows no asset, no file, no rule's metadata.
package verdict

import (
	"fmt"
	"maps"
	"slices"

	"github.com/open-policy-agent/opa/v1/ast"

	"github.com/probity-scan/probity"
)

// Node is a part of a document, of exactly one form. A document is judged by one goroutine at a time; closed values may stand in
// several, a gap that can take few values in one place only.
type Node struct {
	form   form
	names  []string // of the fields, sorted; structures of one type share them
	fields []*Node  // beside names
	items  []*Node
	value  *ast.Term    // of a closed one; of others that hold no gap once it was asked for
	gap    *probity.Gap // the gap, or for a list or structure what else may exist
	few    *Few         // all values that a gap can take, if they are few
	source Source       // of one that is made when it is read
	cuts   []cut        // of lists, and of what is made later
	whole  bool         // of a list: it holds no gap; false: nobody looked yet, or it does
	listed bool         // of what is made later: it is a list
}

type form uint8

const (
	structure form = iota
	list
	closed
	missing
	later
)

// Fields is a structure: whoever reads a field that it does not have meets the gap not-collected.
func Fields(m map[string]*Node) *Node {
	n := &Node{form: structure, names: slices.Sorted(maps.Keys(m)), fields: make([]*Node, len(m))}
	for i, name := range n.names {
		n.fields[i] = m[name]
	}
	return n
}

// Struct is a structure of fields beside their names, which are sorted and stay as they are.
func Struct(names []string, fields []*Node) *Node {
	return &Node{form: structure, names: names, fields: fields}
}

// Part is a structure that may have more fields than those: rest is why they are not known.
func Part(rest *probity.Gap, names []string, fields []*Node) *Node {
	return &Node{form: structure, names: names, fields: fields, gap: rest}
}

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
	return Closed(a), nil
}

// Closed is a closed value of OPA's types.
func Closed(v ast.Value) *Node {
	return &Node{form: closed, value: ast.NewTerm(v)}
}

// Few are all values that something can take.
type Few struct{ terms []*ast.Term }

// FewOf are the given values.
func FewOf(values ...ast.Value) *Few {
	f := &Few{}
	for _, v := range values {
		f.terms = append(f.terms, ast.NewTerm(v))
	}
	return f
}

func (f *Few) count() int {
	if f == nil {
		return 0
	}
	return len(f.terms)
}

// Gap is a value that is not known; few lists all that it can be, and is nil when they are many.
func Gap(g *probity.Gap, few *Few) *Node {
	return &Node{form: missing, gap: g, few: few}
}

// field gives a field of a structure, or nil.
func (n *Node) field(name string) *Node {
	if i, ok := slices.BinarySearch(n.names, name); ok {
		return n.fields[i]
	}
	return nil
}

// Without is a document of which some places are not known.
func (n *Node) Without(places ...[]string) *Node {
	for _, place := range places {
		n = n.without(place)
	}
	return n
}

func (n *Node) without(place []string) *Node {
	if len(place) == 0 {
		return absent
	}
	i, ok := slices.BinarySearch(n.names, place[0])
	if !ok {
		return n // as good as not known
	}
	out := Struct(n.names, slices.Clone(n.fields))
	out.fields[i] = n.fields[i].without(place[1:])
	return out
}

// Each walks the fields of a structure.
func (n *Node) Each(visit func(name string, f *Node)) {
	for i, name := range n.names {
		visit(name, n.fields[i])
	}
}
