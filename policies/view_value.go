package policies

import (
	"encoding/binary"
	"maps"
	"math"
	"reflect"
	"slices"
	"strings"
	"time"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/policies/verdict"
)

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

func valueNode(v reflect.Value) *verdict.Node { return closed(bare(v)) }

func closed(v any) *verdict.Node {
	n, err := verdict.Value(v)
	if err != nil { // bare yields JSON's types only
		return verdict.Gap(&probity.Gap{Reason: probity.Unreadable, Because: err.Error()}, nil)
	}
	return n
}

// closedObject shows a struct without facts, as far as it is wanted.
func closedObject(t reflect.Type, wanted *verdict.Paths) part {
	var names []string
	var at []int
	for i := range t.NumField() {
		name := probity.FieldName(t.Field(i))
		if _, ok := wanted.Below(name); ok && name != "" && !hidden[t.Field(i).Type] {
			names, at = append(names, name), append(at, i)
		}
	}
	all := strings.Join(names, ",")
	return part{
		node: func(v reflect.Value) *verdict.Node {
			out := make(map[string]any, len(names))
			for i, name := range names {
				out[name] = bare(v.Field(at[i]))
			}
			return closed(out)
		},
		key: func(b []byte, v reflect.Value) []byte {
			b = appendText(append(b, '{'), all)
			for _, i := range at {
				b = said(b, v.Field(i))
			}
			return b
		},
	}
}

// bare turns a value into JSON's types without nulls: nil lists are empty, pointers are {set, value}.
func bare(v reflect.Value) any {
	if !v.IsValid() {
		return map[string]any{}
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
		if t, ok := v.Interface().(time.Time); ok {
			return t.UTC().Format(time.RFC3339)
		}
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

// said appends what is equal for values of which bare makes the same, and for no others.
func said(b []byte, v reflect.Value) []byte {
	if !v.IsValid() {
		return append(b, 'm', 0)
	}
	switch v.Kind() {
	case reflect.Bool:
		if v.Bool() {
			return append(b, 't')
		}
		return append(b, 'f')
	case reflect.String:
		return appendText(append(b, '"'), v.String())
	case reflect.Int, reflect.Int64, reflect.Int32:
		return binary.AppendVarint(append(b, 'i'), v.Int())
	case reflect.Float64:
		return binary.LittleEndian.AppendUint64(append(b, 'd'), math.Float64bits(v.Float()))
	case reflect.Interface:
		return said(b, v.Elem())
	case reflect.Pointer:
		if v.IsNil() {
			return append(b, '0')
		}
		return said(append(b, '1'), v.Elem())
	case reflect.Slice:
		b = binary.AppendUvarint(append(b, '['), uint64(v.Len()))
		for i := range v.Len() {
			b = said(b, v.Index(i))
		}
		return b
	case reflect.Map:
		keys := v.MapKeys()
		slices.SortFunc(keys, func(a, b reflect.Value) int { return strings.Compare(a.String(), b.String()) })
		b = binary.AppendUvarint(append(b, 'm'), uint64(len(keys)))
		for _, k := range keys {
			b = said(appendText(b, k.String()), v.MapIndex(k))
		}
		return b
	case reflect.Struct:
		return saidStruct(b, v)
	}
	return append(b, 'm', 0)
}

func saidStruct(b []byte, v reflect.Value) []byte {
	t := v.Type()
	if t == reflect.TypeFor[time.Time]() {
		return binary.AppendVarint(append(b, 'T'), v.Interface().(time.Time).Unix())
	}
	b = append(b, 's')
	for i := range t.NumField() {
		if name := probity.FieldName(t.Field(i)); name != "" && !hidden[t.Field(i).Type] {
			b = said(appendText(b, name), v.Field(i))
		}
	}
	return append(b, 's')
}

// appendText appends a text so that no two lists of texts make the same.
func appendText(b []byte, text string) []byte {
	return append(binary.AppendUvarint(b, uint64(len(text))), text...)
}

// appendGap appends a gap to what tells a fact from others.
func appendGap(b []byte, g *probity.Gap) []byte {
	return appendText(appendText(appendText(b, string(g.Reason)), g.Needs), g.Because)
}

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
