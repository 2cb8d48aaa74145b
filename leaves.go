package probity

import (
	"iter"
	"reflect"
	"slices"
	"strings"
	"sync"
	"time"
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
		for _, s := range stepsOf(v.Type()) {
			f := v.Field(s.field)
			if s.leaf {
				if !yield(Path(at+s.name), f.Interface().(Leaf)) {
					return false
				}
			} else if !leaves(f, at+s.name+".", yield) {
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

// step is a field of a struct in which facts are.
type step struct {
	field int
	name  string
	leaf  bool // the field is a fact; else there are some below it
}

var steps sync.Map //nolint:gochecknoglobals // a memory of what types are: reflect.Type to []step

// stepsOf lists the fields of a struct that are facts or may hold some.
func stepsOf(t reflect.Type) []step {
	if known, ok := steps.Load(t); ok {
		return known.([]step)
	}
	var out []step
	for i := range t.NumField() {
		f := t.Field(i)
		name := FieldName(f)
		leaf := f.Type.Implements(reflect.TypeFor[Leaf]())
		if f.PkgPath == "" && name != "" && (leaf || f.Type.Kind() == reflect.Struct && f.Type != reflect.TypeFor[time.Time]() || f.Type.Kind() == reflect.Map) {
			out = append(out, step{i, name, leaf})
		}
	}
	steps.Store(t, out)
	return out
}

// FieldName is a field's name in JSON and in rules; empty for fields that have none.
func FieldName(f reflect.StructField) string {
	name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
	if name == "-" {
		return ""
	}
	return name
}
