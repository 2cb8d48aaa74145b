package probity

import (
	"iter"
	"reflect"
	"slices"
	"strings"
)

// Leaves walks the facts of a struct in the order of its fields, and of maps in the order of their keys, naming each as
// rules do. Plain fields (id, kind, scope) are no facts and are left out.
func Leaves(v any) iter.Seq2[Path, Leaf] {
	return func(yield func(Path, Leaf) bool) {
		leaves(reflect.Indirect(reflect.ValueOf(v)), "", yield)
	}
}

func leaves(v reflect.Value, at string, yield func(Path, Leaf) bool) bool {
	switch v.Kind() {
	case reflect.Struct:
		t := v.Type()
		for i := range t.NumField() {
			if t.Field(i).PkgPath != "" {
				continue
			}
			name := FieldName(t.Field(i))
			if name == "" {
				continue
			}
			f := v.Field(i)
			if l, ok := f.Interface().(Leaf); ok {
				if !yield(Path(at+name), l) {
					return false
				}
			} else if !leaves(f, at+name+".", yield) {
				return false
			}
		}
	case reflect.Map:
		if !v.Type().Elem().Implements(reflect.TypeFor[Leaf]()) {
			return true
		}
		keys := v.MapKeys()
		slices.SortFunc(keys, func(a, b reflect.Value) int { return strings.Compare(a.String(), b.String()) })
		for _, k := range keys {
			if !yield(Path(at+k.String()), v.MapIndex(k).Interface().(Leaf)) {
				return false
			}
		}
	}
	return true
}

// FieldName is a field's name in JSON and in rules; empty for fields that have none.
func FieldName(f reflect.StructField) string {
	name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
	if name == "-" {
		return ""
	}
	return name
}
