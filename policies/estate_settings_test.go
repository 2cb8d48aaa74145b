package policies

import (
	"fmt"
	"maps"
	"reflect"
	"slices"

	"github.com/probity-scan/probity"
)

// settingsType is a struct of facts as scanners/kinds has it, made from a kind's schema, with how to draw each of its fields.
type settingsType struct {
	struc reflect.Type
	draw  []func(*estate) any
}

func (g *estate) settings(k probity.Kind) probity.Settings {
	t, ok := g.types[k]
	if !ok {
		t = settingsTypeOf(k)
		g.types[k] = t
	}
	if t.struc == nil {
		return nil
	}
	v := reflect.New(t.struc).Elem()
	for i, draw := range t.draw {
		v.Field(i).Set(reflect.ValueOf(draw(g)))
	}
	return probity.SettingsOf(v.Interface())
}

func settingsTypeOf(k probity.Kind) (t settingsType) {
	schema, err := schemaFile("settings/" + string(k))
	if err != nil {
		return t // a kind without any
	}
	props, _ := schema["properties"].(map[string]any)
	var fields []reflect.StructField
	for i, name := range slices.Sorted(maps.Keys(props)) {
		draw := drawn(props[name].(map[string]any))
		g := newEstate(0, 0)
		fields = append(fields, reflect.StructField{Name: fmt.Sprintf("F%d", i), Type: reflect.TypeOf(draw(g)), Tag: reflect.StructTag(`json:"` + name + `,omitzero"`)})
		t.draw = append(t.draw, draw)
	}
	t.struc = reflect.StructOf(fields)
	return t
}

// drawn makes a fact of a schema's type.
func drawn(schema map[string]any) func(*estate) any {
	switch schema["type"] {
	case "boolean":
		return func(g *estate) any { return fact(g, g.yes()) }
	case "integer", "number":
		return func(g *estate) any { return fact(g, g.r.IntN(400)) }
	case "string":
		return func(g *estate) any { return fact(g, g.of("", "all", "none", fmt.Sprint(g.number))) }
	case "array":
		if items, _ := schema["items"].(map[string]any); items["type"] != "object" {
			return func(g *estate) any { return listed(g, []string{"some", fmt.Sprint(g.number)}[:g.r.IntN(3)]...) }
		}
		return func(g *estate) any { return listed(g, []probity.Expiry{}...) }
	}
	return func(g *estate) any { return fact(g, optional(g, fmt.Sprint(g.number))) }
}
