package tree

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/probity-scan/probity"
)

// TestRoots: only what a module block calls is read with its caller; whatever else stands there, every folder is read by somebody.
func TestRoots(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name  string
		files map[string]string // with "b/main.tf" beside
		want  string
	}{
		{"a call", map[string]string{"a/main.tf": "module \"b\" {\n  source = \"../b\"\n}"}, "a"},
		{"a call on one line", map[string]string{"a/main.tf": `module "b" { source = "../b" }`}, "a"},
		{"a call as JSON", map[string]string{"a/main.tf.json": `{"module":[{"b":[{"source":"../b"}]}]}`}, "a"},
		{"byte order mark", map[string]string{"a/main.tf": "\xef\xbb\xbfmodule \"b\" {\n  source = \"../b\"\n}"}, "a"},
		{"the folder above", map[string]string{"b/x/main.tf": "module \"b\" {\n  source = \"..\"\n}"}, "b/x"},
		{"an object's source", map[string]string{"a/main.tf": "resource \"aws_s3_object\" \"o\" {\n  source = \"../b\"\n}"}, "a b"},
		{"an object's source as JSON", map[string]string{"a/main.tf.json": `{"resource":{"aws_s3_object":{"module":{"source":"../b"}}}}`}, "a b"},
		{"a comment", map[string]string{"a/main.tf": "/*\nmodule \"b\" {\n  source = \"../b\"\n}\n*/\n# module \"b\" { source = \"../b\" }\n"}, "a b"},
		{"a heredoc", map[string]string{"a/main.tf": "locals {\n  x = <<E\nmodule \"b\" {\n  source = \"../b\"\n}\nE\n}\n"}, "a b"},
		{"a block in a module block", map[string]string{"a/main.tf": "module \"c\" {\n  source = \"x/y\"\n  module \"b\" {\n    source = \"../b\"\n  }\n}"}, "a b"},
		{"no constant", map[string]string{"a/main.tf": "module \"b\" {\n  source = \"../${var.b}\"\n}"}, "a b"},
		{"variables", map[string]string{"a/main.tf": "", "a/x.tfvars": "module \"b\" {\n  source = \"../b\"\n}"}, "a b"},
		{"malformed", map[string]string{"a/main.tf": "module \"b\" {\n  source = \"../b\"\n}\nresource {"}, "a b"},
		{"malformed beside a call", map[string]string{"a/main.tf": "resource {", "a/b.tf": "module \"b\" {\n  source = \"../b\"\n}"}, "a"},
		{"a caller too long to look at", map[string]string{"a/main.tf": "module \"b\" {\n  source = \"../b\"\n}\n/*" + strings.Repeat("x", smallest) + "*/"}, "a b"},
		{"a hidden file", map[string]string{"a/main.tf": "", "a/.b.tf": "module \"b\" {\n  source = \"../b\"\n}"}, "a b"},
		{"overridden", map[string]string{"a/main.tf": "module \"b\" {\n  source = \"../b\"\n}", "a/b_override.tf": "module \"b\" {\n  source = \"../c\"\n}"}, "a b"},
		{"replaced", map[string]string{"a/main.tf": "module \"b\" {\n  source = \"../b\"\n}", "a/main.tofu": ""}, "a b"},
		{"an excluded caller", map[string]string{"old/main.tf": "module \"b\" {\n  source = \"../b\"\n}"}, "b"},
		{"a caller nobody scans", map[string]string{"a/main.tf": "module \"c\" {\n  source = \"../c\"\n}", "old/main.tf": "module \"b\" {\n  source = \"../b\"\n}", "c/main.tf": ""}, "a b"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			files := map[string]string{"b/main.tf": ""}
			maps.Copy(files, tt.files)
			var want []string
			for _, dir := range strings.Fields(tt.want) {
				want = append(want, "terraform "+dir)
			}
			got := find(t, probity.Unit{Target: lay(t, files), Asks: probity.Asks{Exclude: []string{"old"}}})
			got = slices.DeleteFunc(got, func(s string) bool { return !strings.HasPrefix(s, "terraform ") })
			if d := cmp.Diff(want, got); d != "" {
				t.Errorf("roots (-want +got):\n%s", d)
			}
		})
	}
}

// TestReads: a root reads what it calls, through others and outside of the target, once.
func TestReads(t *testing.T) {
	t.Parallel()
	m := modules{"prod": {"net", "../shared/x"}, "net": {"net/sub", "prod"}, "net/sub": {"../shared/y", "net"}, "other": {"apart"}}
	if d := cmp.Diff([]string{"infra/net", "infra/net/sub", "shared/x", "shared/y"}, m.reads("prod", "infra")); d != "" {
		t.Error(d)
	}
}
