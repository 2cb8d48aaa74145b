package calls

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestSources(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		file, in string
		want     map[string]string
	}{
		"calls":              {"a.tf", "module \"a\" { source = \"./a\" }\nmodule \"b\" {\n  source = \"x/y/z\"\n}\n", map[string]string{"a": "./a", "b": "x/y/z"}},
		"as JSON":            {"a.tf.json", `{"module":{"a":{"source":"./a"}}}`, map[string]string{"a": "./a"}},
		"as lists":           {"a.tofu.json", `{"module":[{"a":[{"source":"./a"}]},{"b":{"source":"../b"}}]}`, map[string]string{"a": "./a", "b": "../b"}},
		"no module":          {"a.tf", `resource "aws_s3_object" "module" { source = "./a" }`, map[string]string{}},
		"nothing at all":     {"a.tf", "", nil},
		"no source":          {"a.tf", `module "a" {}`, map[string]string{}},
		"no text":            {"a.tf", `module "a" { source = 3 }`, map[string]string{}},
		"null":               {"a.tf", `module "a" { source = null }`, map[string]string{}},
		"a variable":         {"a.tf", `module "a" { source = var.a }`, map[string]string{}},
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
			if d := cmp.Diff(c.want, Sources(c.file, []byte(c.in))); d != "" {
				t.Errorf("sources (-want +got):\n%s", d)
			}
		})
	}
}

// FuzzSources: no file panics.
func FuzzSources(f *testing.F) {
	f.Add("a.tf", []byte("module \"a\" { source = \"./a\" }"))
	f.Add("a.tf.json", []byte(`{"module":{"a":{"source":"./a"}}}`))
	f.Fuzz(func(t *testing.T, name string, in []byte) {
		for call, src := range Sources(name, in) {
			if src == "" {
				t.Errorf("got no source for %q, want none listed", call)
			}
		}
	})
}
