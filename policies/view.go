package policies

import (
	"reflect"
	"slices"
	"time"

	"github.com/open-policy-agent/opa/v1/ast"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/policies/verdict"
)

// enum is a type that has few values.
type enum interface{ Values() []string }

// Linked gives the asset at the other end of a link, if this scan has it.
type Linked func(probity.Ref) (probity.Asset, bool)

// view is an asset as rules see it: JSON names, bare values, gaps where facts are missing. Linked assets stand inside their
// links, without links of their own; contained assets are not shown to what contains them. Only what is wanted is made.
func view(a *probity.Asset, linked Linked, now time.Time, wanted *verdict.Paths) *verdict.Node {
	n := structNode(reflect.ValueOf(a).Elem(), wanted)
	n.Set("now", value(now.UTC().Format(time.RFC3339)))
	if _, ok := wanted.Below("links"); !ok {
		return n
	}
	links := []*verdict.Node{}
	for _, l := range a.Links.Items {
		f := map[string]*verdict.Node{"kind": value(string(l.Kind)), "to": structNode(reflect.ValueOf(l.To), nil)}
		to, ok := linked(l.To)
		switch {
		case l.Gap != nil:
			f["asset"] = verdict.Gap(*l.Gap)
		case !ok:
			f["asset"] = verdict.Gap(probity.Gap{Reason: probity.NotCollected, Needs: "a scan of " + l.To.ID})
		default:
			to.Links = probity.List[probity.Link]{}
			f["asset"] = structNode(reflect.ValueOf(to), nil)
		}
		links = append(links, verdict.Fields(f))
	}
	_, rest := a.Links.Value()
	n.Set("links", verdict.Items(rest, links...))
	return n
}

// hidden are fields of the vocabulary that tell where a thing was read: no matter for rules.
var hidden = map[reflect.Type]bool{reflect.TypeFor[*probity.Origin](): true, reflect.TypeFor[*probity.Gap](): true, reflect.TypeFor[*probity.Frame](): true, reflect.TypeFor[*probity.Review](): true} //nolint:gochecknoglobals // a constant in all but type

// unseen are fields of an asset that are no facts of it: what else calls it, what people ask of the gate, and what they
// said is not so.
func unseen(name string) bool {
	return name == "aliases" || name == "former" || name == "ignores" || name == "rejected"
}

func structNode(v reflect.Value, wanted *verdict.Paths) *verdict.Node {
	fields := map[string]*verdict.Node{}
	t := v.Type()
	for i := range t.NumField() {
		f := t.Field(i)
		name := probity.FieldName(f)
		below, ok := wanted.Below(name)
		switch {
		case f.Anonymous:
			structNode(v.Field(i), wanted).Each(func(k string, n *verdict.Node) { fields[k] = n })
		case name == "" || !ok || unseen(name) || hidden[f.Type]:
		case f.Type == reflect.TypeFor[probity.Protection]() && v.Field(i).String() == string(probity.ProtectionUnknown):
			forms := slices.DeleteFunc(domain(probity.ProtectionUnknown), func(p ast.Value) bool { return p.Compare(ast.String(probity.ProtectionUnknown)) == 0 })
			fields[name] = verdict.Gap(probity.Gap{Reason: probity.NotCollected, Needs: "a look at the content"}, forms...)
		default:
			fields[name] = node(v.Field(i), below)
		}
	}
	return verdict.Fields(fields)
}

func node(v reflect.Value, wanted *verdict.Paths) *verdict.Node {
	if l, ok := v.Interface().(probity.Leaf); ok {
		return leafNode(l)
	}
	switch v.Kind() {
	case reflect.Struct:
		if !holdsFacts(v.Type()) {
			return value(bare(v))
		}
		return structNode(v, wanted)
	case reflect.Map: // Settings
		fields := map[string]*verdict.Node{}
		for _, k := range v.MapKeys() {
			if below, ok := wanted.Below(k.String()); ok {
				fields[k.String()] = node(v.MapIndex(k), below)
			}
		}
		return verdict.Fields(fields)
	}
	return value(bare(v))
}

func leafNode(l probity.Leaf) *verdict.Node {
	v, g := l.Value()
	rv := reflect.ValueOf(v)
	_, setting := l.(probity.Fact[any]) // whose type is that of its value: a list keeps what was read beside its gap
	if rv.Kind() == reflect.Slice && (setting || isList(reflect.TypeOf(l))) {
		items := make([]*verdict.Node, rv.Len())
		for i := range items {
			items[i] = node(rv.Index(i), nil)
		}
		return verdict.Items(g, items...)
	}
	if g == nil {
		return value(bare(rv))
	}
	return verdict.Gap(*g, domain(v)...)
}

func isList(t reflect.Type) bool { _, ok := t.FieldByName("Items"); return ok }

// domain lists the values of a type that has few; v is its zero.
func domain(v any) []ast.Value {
	if e, ok := v.(enum); ok {
		var out []ast.Value
		for _, s := range e.Values() {
			out = append(out, ast.String(s))
		}
		return out
	}
	if v != nil && reflect.TypeOf(v).Kind() == reflect.Bool {
		return []ast.Value{ast.Boolean(false), ast.Boolean(true)}
	}
	return nil
}

// holdsFacts reports whether a struct has facts somewhere inside.
func holdsFacts(t reflect.Type) bool {
	for i := range t.NumField() {
		f := t.Field(i).Type
		if f.Implements(reflect.TypeFor[probity.Leaf]()) || f == reflect.TypeFor[probity.Settings]() {
			return true
		}
		if f.Kind() == reflect.Struct && f != reflect.TypeFor[time.Time]() && holdsFacts(f) {
			return true
		}
	}
	return false
}

func value(v any) *verdict.Node {
	n, err := verdict.Value(v)
	if err != nil { // bare yields JSON's types only
		return verdict.Gap(probity.Gap{Reason: probity.Unreadable, Because: err.Error()})
	}
	return n
}

// bare turns a value into JSON's types without nulls: nil lists are empty, pointers are {set, value}.
func bare(v reflect.Value) any {
	if !v.IsValid() {
		return map[string]any{}
	}
	if t, ok := v.Interface().(time.Time); ok {
		return t.UTC().Format(time.RFC3339)
	}
	switch v.Kind() {
	case reflect.Bool:
		return v.Bool()
	case reflect.String:
		return v.String()
	case reflect.Int, reflect.Int64, reflect.Int32:
		return v.Int()
	case reflect.Float64:
		return v.Float()
	case reflect.Interface:
		return bare(v.Elem())
	case reflect.Pointer:
		if v.IsNil() {
			return map[string]any{"set": false}
		}
		return map[string]any{"set": true, "value": bare(v.Elem())}
	case reflect.Slice:
		out := make([]any, v.Len())
		for i := range out {
			out[i] = bare(v.Index(i))
		}
		return out
	case reflect.Map:
		out := make(map[string]any, v.Len())
		for _, k := range v.MapKeys() {
			out[k.String()] = bare(v.MapIndex(k))
		}
		return out
	case reflect.Struct:
		out := map[string]any{}
		t := v.Type()
		for i := range t.NumField() {
			if name := probity.FieldName(t.Field(i)); name != "" && !hidden[t.Field(i).Type] {
				out[name] = bare(v.Field(i))
			}
		}
		return out
	}
	return map[string]any{}
}
