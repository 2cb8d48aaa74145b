package probity

import (
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"time"
)

// Plain is a canonical text of a value, equal for values that mean the same: without origins, lines and times, lists in one
// order, labels cut to what they mean, documents in JSON without their format. Digests and comparisons of scans use it.
func Plain(v any) string { return inJSON(plain(reflect.ValueOf(v))) }

// PlainFact is Plain of a fact: its value, or the reason of its gap; of a list that is open, its items.
func PlainFact(l Leaf) string {
	v, g := l.Value()
	if g != nil && !isList(reflect.TypeOf(l)) {
		return "?" + string(g.Reason)
	}
	return Plain(v)
}

// isList reports whether a fact's type, or what it points to, is a List.
func isList(t reflect.Type) bool {
	if t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	_, ok := t.FieldByName("Items")
	return ok
}

func inJSON(v any) string {
	b, err := json.Marshal(v)
	if err != nil { // plain yields JSON's types only
		return fmt.Sprint(v)
	}
	return string(b)
}

// plain is a value in JSON's types. Of a time only whether it is set counts.
func plain(v reflect.Value) any {
	if !v.IsValid() {
		return nil
	}
	switch x := v.Interface().(type) {
	case time.Time:
		return !x.IsZero()
	case Activity:
		return plainActivity(x)
	case Label:
		return []string{string(x.Category), x.Detector, x.On, string(x.Protection)}
	case Leaf:
		return PlainFact(x)
	}
	switch v.Kind() {
	case reflect.String:
		return unformatted(v.String())
	case reflect.Interface, reflect.Pointer:
		return plain(v.Elem())
	case reflect.Slice:
		out := make([]string, v.Len())
		for i := range out {
			out[i] = inJSON(plain(v.Index(i)))
		}
		slices.Sort(out)
		return slices.Compact(out)
	case reflect.Map:
		out := map[string]any{}
		for _, k := range v.MapKeys() {
			out[k.String()] = plain(v.MapIndex(k))
		}
		return out
	case reflect.Struct:
		return plainFields(v)
	}
	return v.Interface()
}

func plainFields(v reflect.Value) map[string]any {
	out := map[string]any{}
	for i := range v.NumField() {
		f := v.Type().Field(i)
		if name := FieldName(f); name != "" && f.IsExported() && f.Type != reflect.TypeFor[*Origin]() && f.Type != reflect.TypeFor[*Gap]() {
			out[name] = plain(v.Field(i))
		}
	}
	return out
}

// plainActivity is what releases since 0.1.0 made digests of: what somebody accepted does not change with what more may be declared.
func plainActivity(a Activity) map[string]any {
	out := plainFields(reflect.ValueOf(a))
	delete(out, "impact_assessment")
	start, _ := a.StartsAt.Get()
	out["retention_from"] = start
	return out
}

// unformatted is a text, and of a document in JSON what it says.
func unformatted(s string) any {
	if t := strings.TrimSpace(s); strings.HasPrefix(t, "{") {
		var doc any
		if json.Unmarshal([]byte(t), &doc) == nil {
			return plain(reflect.ValueOf(doc))
		}
	}
	return s
}
