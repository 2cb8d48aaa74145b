package config

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

const home = "https://github.com/probity-scan/probity/blob/main/cmd/internal/config/"

// generate makes the schema of a file's form. What the code checks beyond types is said here once more, and held against
// the code by the examples of the tests.
func generate(form any, id, title string) ([]byte, error) {
	said, err := comments()
	if err != nil {
		return nil, err
	}
	r := &jsonschema.Reflector{FieldNameTag: "yaml", RequiredFromJSONSchemaTags: true, ExpandedStruct: true, CommentMap: said, Mapper: mapped}
	s := r.Reflect(form)
	s.ID, s.Title = jsonschema.ID(home+id), title
	b, err := json.Marshal(s)
	if err != nil {
		return nil, err
	}
	var tree map[string]any
	if err := json.Unmarshal(b, &tree); err != nil {
		return nil, err
	}
	refine(tree)
	b, err = json.MarshalIndent(tree, "", "  ")
	return append(b, '\n'), err
}

// mapped are types that YAML writes in another form than Go.
func mapped(t reflect.Type) *jsonschema.Schema {
	if v, ok := reflect.Zero(t).Interface().(interface{ Values() []string }); ok && t.Kind() == reflect.String {
		return &jsonschema.Schema{Type: "string", Enum: anys(v.Values())}
	}
	if t == reflect.TypeFor[Rules]() {
		p := jsonschema.NewProperties()
		p.Set("only", &jsonschema.Schema{Type: "array", Items: &jsonschema.Schema{Type: "string"}, Description: "patterns over rule IDs; from a file of --config"})
		p.Set("as_of", &jsonschema.Schema{Type: "string", Pattern: `^(latest|v?\d+(\.\d+){0,2})$`, Description: "rules that came or changed after this version are told and do not fail"})
		return &jsonschema.Schema{OneOf: []*jsonschema.Schema{
			{Type: "array", Items: &jsonschema.Schema{Type: "string"}},
			{Type: "object", Properties: p, AdditionalProperties: jsonschema.FalseSchema},
		}}
	}
	return nil
}

func anys(in []string) (out []any) {
	for _, s := range in {
		out = append(out, s)
	}
	return out
}

// refine adds the words that each key takes, and the keys that an entry needs.
func refine(tree map[string]any) {
	of := func(def string) map[string]any {
		if def == "" {
			return tree
		}
		d, _ := tree["$defs"].(map[string]any)
		m, _ := d[def].(map[string]any)
		return m
	}
	property := func(def, key string) map[string]any {
		props, _ := of(def)["properties"].(map[string]any)
		p, _ := props[key].(map[string]any)
		return p
	}
	words := map[string][]string{"kind": {string(probity.AcceptedRisk), string(probity.FalsePositive)}}
	var reasons []string
	for _, r := range append([]probity.Reason{All}, probity.Reasons()...) {
		reasons = append(reasons, string(r))
	}
	for _, k := range []struct {
		def, key string
		words    []string
	}{{"", "fail_on", severities()}, {"Gate", "accept_in_change", severities()}, {"Gate", "accept_in_repository", severities()},
		{"Waiver", "kind", words["kind"]}, {"Activity", "role", roles()}, {"Activity", "transfer", transfers()}, {"Safeguard", "basis", transfers()}, {"Schedule", "overlap", overlaps()}, {"Schedule", "catch_up", catchUps()}, {"Sink", "kind", sinkKinds()},
		{"Token", "role", accessRoles()}, {"Grant", "role", accessRoles()}} {
		if p := property(k.def, k.key); p != nil {
			p["enum"] = anys(k.words)
		}
	}
	for _, key := range []string{"fail_on_rules", "fail_on_frameworks"} {
		if p := property("", key); p != nil {
			p["additionalProperties"] = map[string]any{"type": "string", "enum": anys(severities())}
		}
	}
	if p := property("", "fail_on_unknown"); p != nil {
		p["items"] = map[string]any{"type": "string", "enum": anys(reasons)}
	}
	if p := property("Sink", "about"); p != nil {
		p["items"] = map[string]any{"type": "string", "enum": anys(abouts())}
	}
	if p := property("Waiver", "until"); p != nil {
		p["pattern"] = `^\d{4}-\d{2}-\d{2}$`
		property("Waiver", "accepted")["items"] = map[string]any{"type": "string", "pattern": digest.String()}
	}
	for def, keys := range map[string][]string{"Waiver": {"rule", "asset", "reason", "owner"}, "Activity": {"id", "stores"}, "Entity": {"name"}, "Safeguard": {"country"}, "Label": {"store"}, "Owner": {"owner"}, "Schedule": {"name", "targets"}, "Sink": {"name", "kind", "where"},
		"Token": {"name", "token", "role"}, "Grant": {"claim", "values", "role"}} {
		if d := of(def); d != nil {
			d["required"] = anys(keys)
		}
	}
	if l := of("Label"); l != nil {
		l["anyOf"] = []any{map[string]any{"required": []any{"category"}}, map[string]any{"required": []any{"verdict", "by", "at", "reason", "until"}}}
		for _, key := range []string{"at", "until"} {
			property("Label", key)["pattern"] = `^\d{4}-\d{2}-\d{2}$`
		}
	}
	if s := of("Safeguard"); s != nil {
		for _, key := range []string{"at", "until"} {
			property("Safeguard", key)["pattern"] = `^\d{4}-\d{2}-\d{2}$`
		}
	}
	if w := of("Waiver"); w != nil {
		w["anyOf"] = []any{map[string]any{"required": []any{"until"}},
			map[string]any{"required": []any{"kind"}, "properties": map[string]any{"kind": map[string]any{"const": string(probity.FalsePositive)}}}}
	}
}

// comments reads what the package says of its types and fields.
func comments() (map[string]string, error) {
	files, err := filepath.Glob("*.go")
	if err != nil {
		return nil, err
	}
	out := map[string]string{}
	pkg := reflect.TypeFor[File]().PkgPath() + "."
	for _, f := range files {
		tree, err := parser.ParseFile(token.NewFileSet(), f, nil, parser.ParseComments)
		if err != nil {
			return nil, err
		}
		for _, d := range tree.Decls {
			g, ok := d.(*ast.GenDecl)
			if !ok {
				continue
			}
			for _, x := range g.Specs {
				t, ok := x.(*ast.TypeSpec)
				if !ok {
					continue
				}
				out[pkg+t.Name.Name] = strings.Join(strings.Fields(g.Doc.Text()), " ")
				if s, ok := t.Type.(*ast.StructType); ok {
					for _, field := range s.Fields.List {
						for _, n := range field.Names {
							out[pkg+t.Name.Name+"."+n.Name] = strings.Join(strings.Fields(cmp.Or(field.Comment.Text(), field.Doc.Text())), " ")
						}
					}
				}
			}
		}
	}
	return out, nil
}
