package probity

import (
	"iter"
	"maps"
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

func leaves(v reflect.Value, at Path, yield func(Path, Leaf) bool) bool {
	switch v.Kind() {
	case reflect.Struct:
		for _, s := range stepsOf(v.Type()) {
			f := v.FieldByIndex(s.field)
			if s.leaf {
				if !yield(at+s.name, f.Interface().(Leaf)) {
					return false
				}
			} else if !leaves(f, at+s.name+".", yield) {
				return false
			}
		}
	case reflect.Map:
		if s, ok := v.Interface().(Settings); ok {
			for _, k := range slices.Sorted(maps.Keys(s)) {
				if !yield(at+Path(k), s[k]) {
					return false
				}
			}
			return true
		}
		if !v.Type().Elem().Implements(reflect.TypeFor[Leaf]()) {
			return true
		}
		keys := v.MapKeys()
		slices.SortFunc(keys, func(a, b reflect.Value) int { return strings.Compare(a.String(), b.String()) })
		for _, k := range keys {
			if !yield(at+Path(k.String()), v.MapIndex(k).Interface().(Leaf)) {
				return false
			}
		}
	}
	return true
}

// Losses walks those facts of an asset that were lost, see [Reason.Loss], in the order of [Leaves].
func Losses(a *Asset) iter.Seq2[Path, Leaf] {
	return func(yield func(Path, Leaf) bool) {
		v := reflect.ValueOf(a).Elem()
		for _, s := range stepsOf(v.Type()) {
			f := v.FieldByIndex(s.field)
			switch {
			case !s.leaf:
				if settings, ok := f.Interface().(Settings); ok && !settings.losses(s.name+".", yield) {
					return
				}
			case f.Addr().Interface().(quiet).lost():
				if !yield(s.name, f.Interface().(Leaf)) {
					return
				}
			}
		}
	}
}

func (s Settings) losses(at Path, yield func(Path, Leaf) bool) bool {
	var lost []string
	for k, f := range s {
		if f.lost() {
			lost = append(lost, k)
		}
	}
	slices.Sort(lost)
	for _, k := range lost {
		if !yield(at+Path(k), s[k]) {
			return false
		}
	}
	return true
}

// LeafAt gives the fact of an asset that a path names, without a copy of it.
func LeafAt(a *Asset, p Path) (Leaf, bool) { return Finder(p)(a) }

// Finder is LeafAt of a path for which many assets are asked.
func Finder(p Path) func(*Asset) (Leaf, bool) {
	if name, ok := strings.CutPrefix(string(p), "settings."); ok {
		return func(a *Asset) (Leaf, bool) {
			f, ok := a.Settings[name]
			return f, ok
		}
	}
	field, ok := places(reflect.TypeFor[Asset]())[p]
	if !ok {
		return func(*Asset) (Leaf, bool) { return nil, false }
	}
	return func(a *Asset) (Leaf, bool) {
		return reflect.ValueOf(a).Elem().FieldByIndex(field).Addr().Interface().(Leaf), true
	}
}

// OriginAt is where the fact came from that a path names; it makes no copy of the fact.
func OriginAt(a *Asset, p Path) (from *Origin, ok bool) {
	if name, ok := strings.CutPrefix(string(p), "settings."); ok {
		f, ok := a.Settings[name]
		return f.origin, ok
	}
	v := reflect.ValueOf(a).Elem()
	field, ok := places(v.Type())[p]
	if !ok {
		return nil, false
	}
	return v.FieldByIndex(field).Addr().Interface().(Leaf).From(), true
}

// step leads to a fact of a struct, or to a map of facts.
type step struct {
	field []int
	name  Path
	leaf  bool // the field is a fact; else a map
}

// walked is how to walk the facts of a type.
type walked struct {
	steps  []step
	places map[Path][]int // of the steps that are facts
}

var walks sync.Map //nolint:gochecknoglobals // a memory of what types are: reflect.Type to walked

func stepsOf(t reflect.Type) []step { return walkOf(t).steps }

func places(t reflect.Type) map[Path][]int { return walkOf(t).places }

func walkOf(t reflect.Type) walked {
	if known, ok := walks.Load(t); ok {
		return known.(walked)
	}
	w := walked{steps: flat(t, nil, ""), places: map[Path][]int{}}
	for _, s := range w.steps {
		if s.leaf {
			w.places[s.name] = s.field
		}
	}
	walks.Store(t, w)
	return w
}

// flat lists the fields of a struct, and of the structs in it, that are facts or may hold some.
func flat(t reflect.Type, below []int, at Path) []step {
	var out []step
	for i := range t.NumField() {
		f := t.Field(i)
		name := FieldName(f)
		if f.Anonymous && f.Type.Kind() == reflect.Struct { // its fields stand among those of the struct
			out = append(out, flat(f.Type, append(slices.Clone(below), i), at)...)
			continue
		}
		if f.PkgPath != "" || name == "" {
			continue
		}
		field, path := append(slices.Clone(below), i), at+Path(name)
		switch {
		case f.Type.Implements(reflect.TypeFor[Leaf]()):
			out = append(out, step{field, path, true})
		case f.Type.Kind() == reflect.Struct && f.Type != reflect.TypeFor[time.Time]():
			out = append(out, flat(f.Type, field, path+".")...)
		case f.Type.Kind() == reflect.Map:
			out = append(out, step{field, path, false})
		}
	}
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
