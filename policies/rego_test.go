package policies

import (
	"io/fs"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/cover"
	"github.com/open-policy-agent/opa/v1/format"
	"github.com/open-policy-agent/opa/v1/storage/inmem"
	"github.com/open-policy-agent/opa/v1/tester"
)

// regoSources are all Rego files of the corpus, tests included.
func regoSources(t *testing.T) map[string][]byte {
	t.Helper()
	out := map[string][]byte{}
	here := os.DirFS(".")
	err := fs.WalkDir(here, ".", func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(p, ".rego") {
			return err
		}
		out[p], err = fs.ReadFile(here, p)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// TestRego runs the tests of all rules, and asks that they reach every line of them.
func TestRego(t *testing.T) {
	t.Parallel()
	mods := map[string]*ast.Module{}
	for file, src := range regoSources(t) {
		m, err := ast.ParseModuleWithOpts(file, string(src), ast.ParserOptions{})
		if err != nil {
			t.Fatal(err)
		}
		mods[file] = m
	}
	tracer := cover.New()
	results, err := tester.NewRunner().SetStore(inmem.New()).SetModules(mods).SetCoverageQueryTracer(tracer).RunTests(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for r := range results {
		n++
		if !r.Pass() {
			t.Errorf("%s: %s.%s: fail=%v err=%v", r.Location, r.Package, r.Name, r.Fail, r.Error)
		}
	}
	if n < 2*len(ruleFiles(t)) {
		t.Errorf("%d tests for %d rules: each needs one that fails and one that passes", n, len(ruleFiles(t)))
	}
	report := tracer.Report(mods)
	for file, r := range report.Files {
		if strings.HasSuffix(file, "_test.rego") || r == nil {
			continue
		}
		for _, gap := range r.NotCovered {
			t.Errorf("%s:%d: no test reaches this line", file, gap.Start.Row)
		}
	}
}

func TestRegoIsFormatted(t *testing.T) {
	t.Parallel()
	for file, src := range regoSources(t) {
		got, err := format.Source(file, src)
		if err != nil {
			t.Error(err)
			continue
		}
		if string(got) != string(src) {
			t.Errorf("%s is not formatted as opa fmt does", file)
		}
	}
}

// TestRulesAreThreeFiles: a rule, its test, and its examples.
func TestRulesAreThreeFiles(t *testing.T) {
	t.Parallel()
	var names []string
	err := fs.WalkDir(os.DirFS("."), "rules", func(p string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			names = append(names, p)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range ruleFiles(t) {
		stem := strings.TrimSuffix(file, ".rego")
		for _, want := range []string{stem + "_test.rego", stem + ".txtar"} {
			if !slices.Contains(names, want) {
				t.Errorf("%s is missing", want)
			}
		}
	}
}
