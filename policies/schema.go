package policies

import (
	"reflect"
	"time"

	"github.com/probity-scan/probity"
)

// Schema is the JSON Schema of a Go type as rules see it: of probity.Asset, or of a kind's settings.
func Schema(t reflect.Type) map[string]any {
	if e, ok := reflect.Zero(t).Interface().(enum); ok {
		return map[string]any{"type": "string", "enum": anys(e.Values())}
	}
	if t == reflect.TypeFor[probity.List[probity.Link]]() {
		return linkSchema()
	}
	if t.Implements(reflect.TypeFor[probity.Leaf]()) {
		if f, ok := t.FieldByName("Items"); ok {
			return Schema(f.Type)
		}
		get, _ := t.MethodByName("Get")
		return Schema(get.Type.Out(0))
	}
	if t == reflect.TypeFor[time.Time]() {
		return map[string]any{"type": "string", "format": "date-time"}
	}
	switch t.Kind() {
	case reflect.Bool:
		return map[string]any{"type": "boolean"}
	case reflect.Int, reflect.Int64, reflect.Int32:
		return map[string]any{"type": "integer"}
	case reflect.Float64:
		return map[string]any{"type": "number"}
	case reflect.Slice:
		return map[string]any{"type": "array", "items": Schema(t.Elem())}
	case reflect.Pointer:
		return object(map[string]any{"set": map[string]any{"type": "boolean"}, "value": Schema(t.Elem())})
	case reflect.Map:
		return map[string]any{"type": "object", "additionalProperties": Schema(t.Elem())}
	case reflect.Struct:
		return object(properties(t))
	}
	if t == reflect.TypeFor[any]() {
		return map[string]any{}
	}
	return map[string]any{"type": "string"}
}

func properties(t reflect.Type) map[string]any {
	out := map[string]any{}
	for i := range t.NumField() {
		f := t.Field(i)
		switch name := probity.FieldName(f); {
		case f.Anonymous:
			for k, v := range properties(f.Type) {
				out[k] = v
			}
		case name == "" || name == "aliases" || hidden[f.Type]:
		default:
			out[name] = Schema(f.Type)
		}
	}
	if t == reflect.TypeFor[probity.Asset]() {
		out["now"] = map[string]any{"type": "string", "format": "date-time"}
	}
	return out
}

func linkSchema() map[string]any {
	asset := reflect.TypeFor[probity.Asset]()
	inner := map[string]any{}
	for i := range asset.NumField() {
		f := asset.Field(i)
		switch name := probity.FieldName(f); {
		case f.Anonymous:
			for k, v := range properties(f.Type) {
				inner[k] = v
			}
		case name == "" || name == "aliases" || name == "links" || hidden[f.Type]:
		default:
			inner[name] = Schema(f.Type)
		}
	}
	return map[string]any{"type": "array", "items": object(map[string]any{
		"kind":  Schema(reflect.TypeFor[probity.LinkKind]()),
		"to":    Schema(reflect.TypeFor[probity.Ref]()),
		"asset": object(inner),
	})}
}

func object(props map[string]any) map[string]any {
	return map[string]any{"type": "object", "properties": props, "additionalProperties": false}
}

func anys(in []string) []any {
	out := make([]any, len(in))
	for i, s := range in {
		out[i] = s
	}
	return out
}
