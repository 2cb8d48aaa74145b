package policies

import (
	"fmt"
	"maps"
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
		props := properties(t, "")
		if t == reflect.TypeFor[probity.Asset]() {
			props["now"] = Schema(reflect.TypeFor[time.Time]())
		}
		return object(props)
	}
	if t == reflect.TypeFor[any]() {
		return map[string]any{}
	}
	return map[string]any{"type": "string"}
}

// properties are the fields of a struct that rules see, but for one; what is embedded stands among them.
func properties(t reflect.Type, but string) map[string]any {
	out := map[string]any{}
	for i := range t.NumField() {
		f := t.Field(i)
		switch name := probity.FieldName(f); {
		case f.Anonymous:
			maps.Copy(out, properties(f.Type, but))
		case name == "" || unseen(name) || name == but || hidden[f.Type]:
		default:
			out[name] = Schema(f.Type)
		}
	}
	return out
}

// linkSchema is that of links, which hold the linked asset without links of its own.
func linkSchema() map[string]any {
	return map[string]any{"type": "array", "items": object(map[string]any{
		"kind":  Schema(reflect.TypeFor[probity.LinkKind]()),
		"to":    Schema(reflect.TypeFor[probity.Ref]()),
		"asset": object(properties(reflect.TypeFor[probity.Asset](), "links")),
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

// InputSchema is the JSON Schema of what rules see as input, for editors and opa check.
func InputSchema() ([]byte, error) {
	b, err := builtin.ReadFile("schemas/asset.json")
	if err != nil {
		return nil, fmt.Errorf("reading the schema of what rules see: %w", err)
	}
	return b, nil
}

// Helpers are the Rego files of the helpers that built-in rules have, which rules of users may import.
func Helpers() (map[string][]byte, error) { return libraries() }
