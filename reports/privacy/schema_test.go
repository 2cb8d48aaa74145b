package privacy

import (
	"bytes"
	"cmp"
	"encoding/json"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/invopop/jsonschema"
	validator "github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/probity-scan/probity"
)

const schemaFile = "papers.schema.json"

// schemas are the papers by their names in the schema.
func schemas() map[string]any {
	return map[string]any{"Record": Record{}, "Transfers": Transfers{}, "Retention": Retention{}, "Assessment": Assessment{}, "Breach": Breach{}, "Erasure": Erasure{}}
}

// generate makes the schema of all papers; each is a definition of its own.
func generate(t *testing.T) []byte {
	t.Helper()
	r := &jsonschema.Reflector{AllowAdditionalProperties: true, CommentMap: comments(t), Mapper: func(t reflect.Type) *jsonschema.Schema {
		if v, ok := reflect.Zero(t).Interface().(interface{ Values() []string }); ok && t.Kind() == reflect.String {
			s := &jsonschema.Schema{Type: "string"}
			for _, v := range v.Values() {
				s.Enum = append(s.Enum, v)
			}
			return s
		}
		return nil
	}}
	defs := jsonschema.Definitions{}
	for _, paper := range schemas() {
		for name, d := range r.Reflect(paper).Definitions {
			defs[name] = d
		}
	}
	for name, d := range defs { // the reflector knows omitempty alone
		for _, key := range map[string][]string{"Breach": {"aware"}, "Deadline": {"until"}, "Exposed": {"first_observed_public", "last_observed_not_public"}}[name] {
			for i, k := range d.Required {
				if k == key {
					d.Required = append(d.Required[:i], d.Required[i+1:]...)
					break
				}
			}
		}
	}
	s := &jsonschema.Schema{Version: "https://json-schema.org/draft/2020-12/schema", ID: "https://github.com/probity-scan/probity/blob/main/reports/privacy/" + schemaFile, Definitions: defs, Title: "Papers of the privacy office",
		Description: "What probity privacy, breach and erasure write with --json; docs/privacy.md tells it in words. Later minor versions only add members."}
	for _, name := range []string{"Record", "Transfers", "Retention", "Assessment", "Breach", "Erasure"} {
		s.AnyOf = append(s.AnyOf, &jsonschema.Schema{Ref: "#/$defs/" + name})
	}
	b, err := json.MarshalIndent(s, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	return append(b, '\n')
}

// comments reads what the package says of its types and fields.
func comments(t *testing.T) map[string]string {
	t.Helper()
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	out, pkg := map[string]string{}, reflect.TypeFor[Record]().PkgPath()+"."
	line := func(s string) string { return strings.Join(strings.Fields(s), " ") }
	for _, f := range files {
		tree, err := parser.ParseFile(token.NewFileSet(), f, nil, parser.ParseComments)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(tree, func(n ast.Node) bool {
			d, ok := n.(*ast.GenDecl)
			if !ok {
				return true
			}
			for _, s := range d.Specs {
				x, ok := s.(*ast.TypeSpec)
				if !ok {
					continue
				}
				out[pkg+x.Name.Name] = line(d.Doc.Text())
				if of, ok := x.Type.(*ast.StructType); ok {
					for _, f := range of.Fields.List {
						for _, n := range f.Names {
							out[pkg+x.Name.Name+"."+n.Name] = line(cmp.Or(f.Comment.Text(), f.Doc.Text()))
						}
					}
				}
			}
			return false
		})
	}
	return out
}

func TestSchemaIsOfTheTypes(t *testing.T) {
	t.Parallel()
	got := generate(t)
	if *update {
		if err := os.WriteFile(schemaFile, got, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if want, err := os.ReadFile(schemaFile); err != nil || !bytes.Equal(got, want) {
		t.Errorf("%s is stale (%v): the types have changed; run go test ./reports/privacy -update", schemaFile, err)
	}
}

// Each paper follows its definition, with much in it and with nothing.
func TestPapersFollowTheSchema(t *testing.T) {
	t.Parallel()
	full, empty := estate(t, shop(), declarations()...), estate(t, probity.Scan{Coverage: over[probity.Coverage](), Assets: over[probity.Asset](), Outcomes: over[probity.Outcome]()})
	c := compiler(t)
	bare := probity.Asset{Ref: probity.Ref{ID: "s"}}
	for name, papers := range map[string][]any{
		"Record": {RecordOf(full), RecordOf(empty)}, "Transfers": {TransfersOf(full), TransfersOf(empty)}, "Retention": {RetentionOf(full), RetentionOf(empty)},
		"Assessment": {AssessmentOf(full, ""), AssessmentOf(empty, "")}, "Breach": {breach(t, full), BreachOf(empty, bare, Incident{})}, "Erasure": {ErasureOf(full, Wanted{}), ErasureOf(empty, Wanted{})},
	} {
		for _, p := range papers {
			b, err := json.Marshal(p)
			if err != nil {
				t.Fatal(err)
			}
			if err := valid(t, c, name, b); err != nil {
				t.Errorf("%s: %v", name, err)
			}
			if valid(t, c, name, bytes.Replace(b, []byte(`"not_looked_at":[`), []byte(`"else":[`), 1)) == nil {
				t.Errorf("%s: a paper that does not say what was not looked at is taken", name)
			}
		}
	}
}

// compiler holds the schema.
func compiler(t *testing.T) *validator.Compiler {
	t.Helper()
	s, err := validator.UnmarshalJSON(bytes.NewReader(generate(t)))
	if err != nil {
		t.Fatal(err)
	}
	c := validator.NewCompiler()
	c.AssertFormat()
	if err := c.AddResource(schemaFile, s); err != nil {
		t.Fatal(err)
	}
	return c
}

func valid(t *testing.T, c *validator.Compiler, name string, doc []byte) error {
	t.Helper()
	compiled, err := c.Compile(schemaFile + "#/$defs/" + name)
	if err != nil {
		t.Fatal(err)
	}
	v, err := validator.UnmarshalJSON(bytes.NewReader(doc))
	if err != nil {
		t.Fatal(err)
	}
	return compiled.Validate(v)
}
