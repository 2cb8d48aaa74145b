package policies

import (
	"encoding/binary"
	"reflect"
	"slices"

	"github.com/open-policy-agent/opa/v1/ast"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/policies/verdict"
)

// enum is a type that has few values.
type enum interface{ Values() []string }

//nolint:gochecknoglobals // constants in all but type
var (
	yes, no = verdict.Closed(ast.Boolean(true)), verdict.Closed(ast.Boolean(false))
	yesOrNo = verdict.FewOf(ast.Boolean(false), ast.Boolean(true))
)

// leaf shows facts and lists of a type.
func (w *viewer) leaf(t reflect.Type) part {
	f, list := t.FieldByName("Items")
	if list {
		elem := f.Type.Elem()
		return part{
			node: func(v reflect.Value) *verdict.Node {
				return verdict.LaterItems(laterList{w, v.Field(f.Index[0]), restOf(v)})
			},
			key: func(b []byte, v reflect.Value) []byte {
				rest := restOf(v)
				return w.appendList(b, v.Field(f.Index[0]), w.part(elem, nil), rest)
			},
		}
	}
	if t == reflect.TypeFor[probity.Fact[bool]]() {
		return part{boolNode, factKey}
	}
	get, _ := t.MethodByName("Get")
	few := fewOf(reflect.Zero(get.Type.Out(0)).Interface())
	return part{
		node: func(v reflect.Value) *verdict.Node {
			x, g := leafIn(v).Value()
			if g != nil {
				return verdict.Gap(g, few)
			}
			return known(reflect.ValueOf(x))
		},
		key: factKey,
	}
}

func leafIn(v reflect.Value) probity.Leaf { return v.Addr().Interface().(probity.Leaf) }

// restOf is why there may be more in a list.
func restOf(v reflect.Value) *probity.Gap {
	return v.Addr().Interface().(interface{ Rest() *probity.Gap }).Rest()
}

func boolNode(v reflect.Value) *verdict.Node {
	f := v.Addr().Interface().(*probity.Fact[bool])
	x, ok := f.Get()
	switch {
	case !ok:
		_, g := f.Value()
		return verdict.Gap(g, yesOrNo)
	case x:
		return yes
	}
	return no
}

func factKey(b []byte, v reflect.Value) []byte {
	switch f := v.Addr().Interface().(type) { // what most facts are, without a copy of the value
	case *probity.Fact[bool]:
		switch x, ok := f.Get(); {
		case ok && x:
			return append(b, 't')
		case ok:
			return append(b, 'f')
		}
	case *probity.Fact[string]:
		if x, ok := f.Get(); ok {
			return appendText(append(b, '"'), x)
		}
	case *probity.Fact[int]:
		if x, ok := f.Get(); ok {
			return binary.AppendVarint(append(b, 'i'), int64(x))
		}
	}
	x, g := leafIn(v).Value()
	if g != nil {
		return appendGap(append(b, '?'), g)
	}
	return said(b, reflect.ValueOf(x))
}

// known shows a value: at once if that is cheap.
func known(v reflect.Value) *verdict.Node {
	switch v.Kind() {
	case reflect.Bool:
		if v.Bool() {
			return yes
		}
		return no
	case reflect.String:
		return verdict.Closed(ast.String(v.String()))
	case reflect.Int:
		return verdict.Closed(ast.InternedTerm(int(v.Int())).Value)
	case reflect.Invalid:
		return valueNode(v)
	}
	return verdict.Later(laterValue{v})
}

type laterValue struct{ v reflect.Value }

func (l laterValue) Node(*verdict.Paths) *verdict.Node { return valueNode(l.v) }

// laterList shows a list: made when it is read, and of its elements what is read of them.
type laterList struct {
	w     *viewer
	items reflect.Value
	rest  *probity.Gap
}

func (w *viewer) appendList(b []byte, items reflect.Value, elem part, rest *probity.Gap) []byte {
	b = binary.AppendUvarint(append(b, '['), uint64(items.Len()))
	for i := range items.Len() {
		b = elem.key(b, items.Index(i))
	}
	if rest != nil {
		b = appendGap(append(b, '?'), rest)
	}
	return b
}

func (l laterList) Node(read *verdict.Paths) *verdict.Node {
	elem := l.w.part(l.items.Type().Elem(), read)
	nodes := make([]*verdict.Node, l.items.Len())
	for i := range nodes {
		nodes[i] = elem.node(l.items.Index(i))
	}
	return verdict.Items(l.rest, nodes...)
}

// settings shows facts of one kind by their names, and beside those that somebody looked for any other as a gap. A fact's type is that of
// its value: a list keeps what was read beside its gap.
func (w *viewer) settings(wanted *verdict.Paths) part {
	names, some := wanted.Names()
	of := func(s probity.Settings) (all []string, rest *probity.Gap) {
		if some {
			return names, nil
		}
		return sortedKeys(s), &probity.Gap{Reason: probity.NotCollected}
	}
	return part{
		node: func(v reflect.Value) *verdict.Node {
			s := v.Interface().(probity.Settings)
			names, rest := of(s)
			nodes := make([]*verdict.Node, len(names))
			for i, name := range names {
				nodes[i] = w.setting(s[name])
			}
			return verdict.Part(rest, names, nodes)
		},
		key: func(b []byte, v reflect.Value) []byte {
			s := v.Interface().(probity.Settings)
			names, _ := of(s)
			b = binary.AppendUvarint(append(b, '{'), uint64(len(names)))
			for _, name := range names {
				b = w.settingKey(appendText(b, name), s[name])
			}
			return b
		},
	}
}

func (w *viewer) settingKey(b []byte, f probity.Fact[any]) []byte {
	x, g := f.Value()
	v := reflect.ValueOf(x)
	switch {
	case v.Kind() == reflect.Slice:
		return w.appendList(b, v, w.part(v.Type().Elem(), nil), g)
	case g == nil:
		return said(b, v)
	case v.IsValid():
		b = appendText(append(b, ':'), v.Type().String()) // which says what the gap can be
	}
	return appendGap(append(b, '?'), g)
}

func (w *viewer) setting(f probity.Fact[any]) *verdict.Node {
	x, g := f.Value()
	rv := reflect.ValueOf(x)
	switch {
	case rv.Kind() == reflect.Slice:
		return verdict.LaterItems(laterList{w, rv, g})
	case g != nil:
		return verdict.Gap(g, fewOf(x))
	}
	return known(rv)
}

// fewOf lists the values of a type that has few; v is its zero.
func fewOf(v any) *verdict.Few {
	if e, ok := v.(enum); ok {
		return texts(e.Values())
	}
	if _, ok := v.(bool); ok {
		return yesOrNo
	}
	return nil
}

func texts(values []string) *verdict.Few {
	all := make([]ast.Value, len(values))
	for i, s := range values {
		all[i] = ast.String(s)
	}
	return verdict.FewOf(all...)
}

// protection shows the form of values: that nobody knows it is a gap.
func protection() part {
	const unknown = string(probity.ProtectionUnknown)
	gap := probity.Gap{Reason: probity.NotCollected, Needs: "a look at the content"}
	forms := texts(slices.DeleteFunc(probity.ProtectionUnknown.Values(), func(s string) bool { return s == unknown }))
	return part{
		node: func(v reflect.Value) *verdict.Node {
			if v.String() == unknown {
				return verdict.Gap(&gap, forms) // each for itself: they need not turn out to be the same
			}
			return valueNode(v)
		},
		key: said,
	}
}

// place shows where an asset is listed. An account or a region that nobody told is a gap: code is applied in some account.
func (w *viewer) place(wanted *verdict.Paths) part {
	fields := w.fields(reflect.TypeFor[probity.Scope](), wanted, nil)
	for i := range fields {
		if fields[i].name == "provider" {
			continue
		}
		untold := verdict.Gap(&probity.Gap{Reason: probity.NotCollected, Needs: "the " + fields[i].name + " that it is in, which code alone does not tell"}, nil)
		fields[i].node = func(v reflect.Value) *verdict.Node {
			if v.String() == "" {
				return untold
			}
			return valueNode(v)
		}
	}
	return structure(fields)
}

// isList reports whether a fact's type, or what it points to, is a list.
func isList(t reflect.Type) bool {
	if t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	_, ok := t.FieldByName("Items")
	return ok
}
