package calls

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestOf(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		file, in string
		want     map[string]Call
	}{
		"calls":              {"a.tf", "module \"a\" { source = \"./a\" }\nmodule \"b\" {\n  source = \"x/y/z\"\n}\n", map[string]Call{"a": {Source: "./a"}, "b": {Source: "x/y/z"}}},
		"a version":          {"a.tf", "  module \"a\" {\n  source = \"x/y/z\"\n  version = \"~> 1.2\"\n}\n", map[string]Call{"a": {"x/y/z", "~> 1.2"}}},
		"after a comment":    {"a.tf", "/* x */ module \"a\" { source = \"./a\" }\n", map[string]Call{"a": {Source: "./a"}}},
		"as JSON":            {"a.tf.json", `{"module":{"a":{"source":"./a"}}}`, map[string]Call{"a": {Source: "./a"}}},
		"as lists":           {"a.tofu.json", `{"module":[{"a":[{"source":"./a"}]},{"b":{"source":"../b"}}]}`, map[string]Call{"a": {Source: "./a"}, "b": {Source: "../b"}}},
		"no module":          {"a.tf", `resource "aws_s3_object" "module" { source = "./a" }`, nil},
		"nothing at all":     {"a.tf", "", nil},
		"no source":          {"a.tf", `module "a" {}`, map[string]Call{}},
		"no text":            {"a.tf", `module "a" { source = 3 }`, map[string]Call{}},
		"null":               {"a.tf", `module "a" { source = null }`, map[string]Call{}},
		"a variable":         {"a.tf", `module "a" { source = var.a }`, map[string]Call{}},
		"no name":            {"a.tf", `module { source = "./a" }`, nil},
		"malformed":          {"a.tf", `module "a" { source = "./a" `, nil},
		"malformed JSON":     {"a.tf.json", `{"module":`, nil},
		"JSON of no kind":    {"a.tf.json", `["module"]`, nil},
		"brackets":           {"a.tf", "module \"a\" {\n  source = \"./a\"\n}\nx = " + strings.Repeat("[", 1<<19) + strings.Repeat("]", 1<<19), nil},
		"brackets, JSON":     {"a.tf.json", `{"module":` + strings.Repeat("[", 1<<19) + strings.Repeat("]", 1<<19) + "}", nil},
		"operators":          {"a.tf", "module \"a\" {\n  source = " + strings.Repeat("!", 1<<20) + "true\n}", nil},
		"lines of operators": {"a.tf", "module \"a\" {\n  source = (" + strings.Repeat("!\n", 1<<18) + "true)\n}", nil},
		"not UTF-8":          {"a.tf", "# \xff\nmodule \"a\" {\n  source = \"./a\"\n}", nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if d := cmp.Diff(c.want, Of(c.file, []byte(c.in))); d != "" {
				t.Errorf("calls (-want +got):\n%s", d)
			}
		})
	}
}

// FuzzOf: no file panics.
func FuzzOf(f *testing.F) {
	f.Add("a.tf", []byte("module \"a\" { source = \"./a\" }"))
	f.Add("a.tf.json", []byte(`{"module":{"a":{"source":"./a"}}}`))
	f.Fuzz(func(t *testing.T, name string, in []byte) {
		for call, src := range Of(name, in) {
			if src.Source == "" {
				t.Errorf("got no source for %q, want none listed", call)
			}
		}
	})
}
