package policies

import (
	"bytes"
	"encoding/json"
	"flag"
	"io/fs"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/policies/compile"
	"github.com/probity-scan/probity/policies/verdict"
)

var update = flag.Bool("update", false, "write generated files anew")

// TestIndex compiles all built-in rules strictly, against the schemas, and holds the generated indexes against them and the frameworks.
func TestIndex(t *testing.T) {
	t.Parallel()
	frameworks, err := readFrameworks(os.DirFS("."), "frameworks")
	if err != nil {
		t.Fatal(err)
	}
	for file, of := range map[string]any{"index.json": builtinRules(t), "frameworks.json": frameworks} {
		got, err := json.MarshalIndent(of, "", " ")
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, '\n')
		if *update {
			if err := os.WriteFile(file, got, 0o644); err != nil {
				t.Fatal(err)
			}
			continue
		}
		want, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(got, want) {
			t.Errorf("policies/%s is stale: run make generate", file)
		}
	}
}

// builtinRules reads METADATA and reads from the sources, sorted by ID.
func builtinRules(t *testing.T) []probity.Rule {
	t.Helper()
	libs, err := libraries()
	if err != nil {
		t.Fatal(err)
	}
	asset, err := schemaFile("asset")
	if err != nil {
		t.Fatal(err)
	}
	var out []probity.Rule
	seen := map[string]string{}
	for _, file := range ruleFiles(t) {
		src, err := builtin.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		r, err := readMetadata(file, src)
		if err != nil {
			t.Error(err)
			continue
		}
		if seen[r.ID] != "" {
			t.Errorf("%s: id %s is taken by %s", file, r.ID, seen[r.ID])
		}
		seen[r.ID] = file
		if !strings.HasSuffix(file, "/"+r.ID+".rego") {
			t.Errorf("%s: the file is not named for its id %s", file, r.ID)
		}
		known := map[probity.Kind]any{}
		if err := settings(known, r); err != nil {
			t.Error(err)
			continue
		}
		sources := map[string][]byte{file: src}
		for f, s := range libs {
			sources[f] = s
		}
		c, err := compile.Checked(sources, file, asset, slices.Collect(maps.Values(known))...)
		if err != nil {
			t.Error(err)
			continue
		}
		v, err := verdict.NewSet(c, nil).Rule(t.Context(), packageOf(r))
		if err != nil {
			t.Errorf("%s: %v", file, err)
			continue
		}
		if !v.Translated() {
			t.Errorf("%s: holds something that programs do not know, which takes a hundred times as long: see policies/verdict/translate.go", file)
		}
		if r.Reads = v.Reads(); slices.Contains(r.Reads, "") {
			t.Errorf("%s: reads the whole input: name the paths", file)
		}
		if len(r.Kinds) == 0 && slices.ContainsFunc(r.Reads, func(p probity.Path) bool { return strings.HasPrefix(string(p), "settings") }) {
			t.Errorf("%s: reads settings and names no kinds", file)
		}
		out = append(out, r)
	}
	slices.SortFunc(out, func(a, b probity.Rule) int { return strings.Compare(a.ID, b.ID) })
	return out
}

func ruleFiles(t *testing.T) []string {
	t.Helper()
	var out []string
	err := fs.WalkDir(builtin, "rules", func(p string, d fs.DirEntry, err error) error {
		if err == nil && strings.HasSuffix(p, ".rego") && !strings.HasSuffix(p, "_test.rego") && !strings.HasPrefix(p, "rules/lib/") {
			out = append(out, p)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}
