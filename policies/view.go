package policies

import (
	"reflect"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/open-policy-agent/opa/v1/ast"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/policies/verdict"
)

// Linked gives the asset at the other end of a link, if this scan has it.
type Linked func(probity.Ref) (probity.Asset, bool)

// viewer shows assets as rules see them: JSON names, bare values, gaps where facts are missing. How to show a type is worked out once.
type viewer struct {
	linked Linked
	now    *verdict.Node

	mu    sync.RWMutex
	parts map[wantedOf]part
}

// wantedOf is what is wanted of a type.
type wantedOf struct {
	of     reflect.Type
	wanted *verdict.Paths
}

// part is how to show values of a type, and what tells them from others. A value is addressable.
type part struct {
	node func(reflect.Value) *verdict.Node
	key  func([]byte, reflect.Value) []byte
}

func newViewer(linked Linked, now time.Time) *viewer {
	return &viewer{linked: linked, now: verdict.Closed(ast.String(now.UTC().Format(time.RFC3339))), parts: map[wantedOf]part{}}
}

// asset shows an asset. Linked assets stand inside their links; contained assets are not shown to what contains them. Only
// what is wanted is shown.
func (w *viewer) asset(a *probity.Asset, wanted *verdict.Paths) *verdict.Node {
	return w.part(judged, wanted).node(reflect.ValueOf(a).Elem())
}

// judged is an asset that is judged, in contrast to one that it is linked with.
var judged = reflect.TypeFor[*probity.Asset]() //nolint:gochecknoglobals // a constant in all but type

func (w *viewer) part(t reflect.Type, wanted *verdict.Paths) part {
	k := wantedOf{t, wanted}
	w.mu.RLock()
	p, ok := w.parts[k]
	w.mu.RUnlock()
	if ok {
		return p
	}
	p = w.partOf(t, wanted)
	w.mu.Lock()
	defer w.mu.Unlock()
	w.parts[k] = p
	return p
}

func (w *viewer) partOf(t reflect.Type, wanted *verdict.Paths) part {
	switch {
	case t == judged:
		return structure(w.judged(wanted))
	case t.Implements(reflect.TypeFor[probity.Leaf]()):
		return w.leaf(t)
	case t == reflect.TypeFor[probity.Settings]():
		return w.settings(wanted)
	case t == reflect.TypeFor[probity.Protection]():
		return protection()
	case t == reflect.TypeFor[probity.Scope]():
		return w.place(wanted)
	case t.Kind() == reflect.Struct && holdsFacts(t):
		return structure(w.fields(t, wanted, nil))
	case t.Kind() == reflect.Struct && t != reflect.TypeFor[time.Time]():
		return closedObject(t, wanted)
	}
	return part{valueNode, said}
}

// field is one of a structure.
type field struct {
	name  string
	index []int
	part
}

// judged are the fields of an asset that is judged.
func (w *viewer) judged(wanted *verdict.Paths) []field {
	fields := w.fields(reflect.TypeFor[probity.Asset](), wanted, nil)
	for i := range fields {
		if fields[i].name == "links" {
			fields[i].part = w.links()
		}
	}
	if _, ok := wanted.Below("now"); ok {
		fields = append(fields, field{"now", nil, part{node: func(reflect.Value) *verdict.Node { return w.now }}})
	}
	return fields
}

// fields are those that are wanted of a struct; what is embedded stands among them.
func (w *viewer) fields(t reflect.Type, wanted *verdict.Paths, at []int) (out []field) {
	for i := range t.NumField() {
		f := t.Field(i)
		name, index := probity.FieldName(f), append(slices.Clip(at), i)
		below, ok := wanted.Below(name)
		switch {
		case f.Anonymous:
			out = append(out, w.fields(f.Type, wanted, index)...)
		case name == "" || !ok || unseen(name) || hidden[f.Type]:
		default:
			out = append(out, field{name, index, w.part(f.Type, below)})
		}
	}
	return out
}

// structure is a struct that holds facts somewhere.
func structure(fields []field) part {
	slices.SortFunc(fields, func(a, b field) int { return strings.Compare(a.name, b.name) })
	names := make([]string, len(fields))
	for i, f := range fields {
		names[i] = f.name
	}
	all := strings.Join(names, ",")
	return part{
		node: func(v reflect.Value) *verdict.Node {
			nodes := make([]*verdict.Node, len(fields))
			for i := range fields {
				nodes[i] = fields[i].node(fields[i].in(v))
			}
			return verdict.Struct(names, nodes)
		},
		key: func(b []byte, v reflect.Value) []byte {
			b = appendText(append(b, '{'), all)
			for i := range fields {
				b = fields[i].key(b, fields[i].in(v))
			}
			return b
		},
	}
}

func (f *field) in(v reflect.Value) reflect.Value {
	if len(f.index) == 1 {
		return v.Field(f.index[0])
	}
	return v.FieldByIndex(f.index)
}

// hidden are fields of the vocabulary that tell where a thing was read: no matter for rules.
var hidden = map[reflect.Type]bool{reflect.TypeFor[*probity.Origin](): true, reflect.TypeFor[*probity.Gap](): true, reflect.TypeFor[*probity.Frame](): true, reflect.TypeFor[*probity.Review](): true} //nolint:gochecknoglobals // a constant in all but type

// unseen are fields of an asset that are no facts of it: what else calls it, what people ask of the gate, and what they
// said is not so.
func unseen(name string) bool {
	return name == "aliases" || name == "former" || name == "ignores" || name == "rejected"
}
