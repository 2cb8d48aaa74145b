package reports

import (
	"cmp"
	"encoding/json"
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"reflect"
	"strings"

	"github.com/invopop/jsonschema"

	"github.com/probity-scan/probity"
)

// generate makes the schema of Document.
func generate() ([]byte, error) {
	said, err := comments()
	if err != nil {
		return nil, err
	}
	g := &generator{defs: jsonschema.Definitions{}, comments: said}
	s := g.reflector().Reflect(Document{})
	for name, d := range g.defs {
		s.Definitions[name] = d
	}
	s.ID = home + "/blob/main/reports/scan.schema.json"
	s.Title, s.Description = "A scan of Probity, format "+probity.Format, "What reports.JSON writes; docs/formats/scan.md tells it in words. Later minor versions only add members."
	b, err := json.Marshal(s)
	if err != nil {
		return nil, err
	}
	var tree map[string]any
	if err := json.Unmarshal(b, &tree); err != nil {
		return nil, err
	}
	nullable(tree["$defs"])
	b, err = json.MarshalIndent(tree, "", "  ")
	return append(b, '\n'), err
}

// nullable lets null stand for the empty list, as encoding/json writes it; the document's own lists are never null.
func nullable(v any) {
	switch v := v.(type) {
	case map[string]any:
		for name, x := range v {
			if name != "Document" {
				nullable(x)
			}
		}
		if v["type"] == "array" {
			v["type"] = []any{"array", "null"}
		}
	case []any:
		for _, x := range v {
			nullable(x)
		}
	}
}

type generator struct {
	defs     jsonschema.Definitions
	comments map[string]string
}

func (g *generator) reflector() *jsonschema.Reflector {
	return &jsonschema.Reflector{AllowAdditionalProperties: true, Mapper: g.leaf, Namer: name, CommentMap: g.comments}
}

// comments reads what the root package says of its types and fields, so that the schema says it too.
func comments() (map[string]string, error) {
	files, err := filepath.Glob("../*.go")
	if err != nil {
		return nil, err
	}
	out := map[string]string{}
	root := reflect.TypeFor[probity.Asset]().PkgPath() + "."
	for _, f := range files {
		tree, err := parser.ParseFile(token.NewFileSet(), f, nil, parser.ParseComments)
		if err != nil {
			return nil, err
		}
		for _, d := range tree.Decls {
			d, ok := d.(*ast.GenDecl)
			if !ok {
				continue
			}
			for _, s := range d.Specs {
				if s, ok := s.(*ast.TypeSpec); ok {
					describe(out, root+s.Name.Name, d.Doc.Text(), s.Type)
				}
			}
		}
	}
	return out, nil
}

func describe(out map[string]string, name, doc string, of ast.Expr) {
	line := func(s string) string { return strings.Join(strings.Fields(s), " ") }
	out[name] = line(doc)
	s, ok := of.(*ast.StructType)
	if !ok {
		return
	}
	for _, f := range s.Fields.List {
		for _, n := range f.Names {
			out[name+"."+n.Name] = line(cmp.Or(f.Comment.Text(), f.Doc.Text()))
		}
	}
}

// leaf maps facts and lists, whose fields are not exported, and enumerations by their Values.
func (g *generator) leaf(t reflect.Type) *jsonschema.Schema {
	if t.Implements(reflect.TypeFor[probity.Leaf]()) {
		if get, ok := t.MethodByName("Get"); ok {
			return g.define(t, "Fact", get.Type.Out(0), factShape)
		}
		items, _ := t.FieldByName("Items")
		return g.define(t, "List", items.Type.Elem(), listShape)
	}
	if t == reflect.TypeFor[probity.Reason]() {
		var all []string
		for _, r := range probity.Reasons() {
			all = append(all, string(r))
		}
		return enum(all)
	}
	if v, ok := reflect.Zero(t).Interface().(interface{ Values() []string }); ok && t.Kind() == reflect.String {
		return enum(v.Values())
	}
	return nil
}

// define adds a definition for a generic type and refers to it.
func (g *generator) define(t reflect.Type, kind string, of reflect.Type, shape func(*jsonschema.Schema) *jsonschema.Schema) *jsonschema.Schema {
	id := kind + "Of" + cmp.Or(name(of), map[reflect.Kind]string{reflect.Map: "Tags", reflect.Interface: "Any"}[of.Kind()])
	if _, ok := g.defs[id]; !ok {
		g.defs[id] = nil // ends recursion
		inner := g.reflector().ReflectFromType(of)
		for n, d := range inner.Definitions {
			g.defs[n] = d
		}
		inner.Definitions, inner.Version, inner.ID = nil, "", ""
		g.defs[id] = shape(inner)
	}
	return &jsonschema.Schema{Ref: "#/$defs/" + id}
}

func ref(name string) *jsonschema.Schema { return &jsonschema.Schema{Ref: "#/$defs/" + name} }

func factShape(value *jsonschema.Schema) *jsonschema.Schema {
	p := jsonschema.NewProperties()
	p.Set("value", value)
	p.Set("gap", ref("Gap"))
	p.Set("origin", ref("Origin"))
	return &jsonschema.Schema{Type: "object", Properties: p, Description: "A value, or the gap in its place.",
		OneOf: []*jsonschema.Schema{{Required: []string{"value"}}, {Required: []string{"gap"}}}}
}

func listShape(item *jsonschema.Schema) *jsonschema.Schema {
	p := jsonschema.NewProperties()
	p.Set("items", &jsonschema.Schema{Type: "array", Items: item})
	p.Set("rest", ref("Gap"))
	p.Set("origin", ref("Origin"))
	return &jsonschema.Schema{Type: "object", Properties: p, Required: []string{"items"},
		Description: "What is known; with rest the list is open: that nothing else exists is the gap."}
}

func enum(values []string) *jsonschema.Schema {
	s := &jsonschema.Schema{Type: "string"}
	for _, v := range values {
		s.Enum = append(s.Enum, v)
	}
	return s
}

// name is a type's name in the schema, generic ones included.
func name(t reflect.Type) string {
	n := t.Name()
	if n == "" {
		return ""
	}
	base, arg, generic := strings.Cut(strings.TrimSuffix(n, "]"), "[")
	if !generic {
		return strings.ToUpper(n[:1]) + n[1:]
	}
	arg = arg[strings.LastIndex(arg, ".")+1:]
	return base + "Of" + strings.ToUpper(arg[:1]) + arg[1:]
}
