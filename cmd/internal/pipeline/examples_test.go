package pipeline_test

import (
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/cmd/internal/examples"
	"github.com/probity-scan/probity/policies"
)

const rulesDir = "../../../policies/rules"

// TestExamples scans the examples of each rule that are code and files, and compares the verdicts. What is written as Terraform is
// judged as the plan of it too.
func TestExamples(t *testing.T) {
	t.Parallel()
	files := ruleFiles(t, ".txtar")
	if rules := ruleFiles(t, ".rego"); len(rules) != len(files) {
		t.Errorf("%d rules have %d files of examples", len(rules), len(files))
	}
	for _, file := range files {
		id := strings.TrimSuffix(path.Base(file), ".txtar")
		t.Run(id, func(t *testing.T) {
			t.Parallel()
			spared, told, turned := "", false, &flips{rule: id}
			for _, e := range casesOf(t, file) {
				if expect := e.Of(e.Written()...); len(expect) > 0 {
					t.Run(e.Name, func(t *testing.T) {
						scan := jobOf(t, e, id).run(t)
						got := outcomes(t, scan)
						asExpected(t, expect, got)
						turned.add(t, scan, parametersOf(t, e))
						for _, o := range got {
							if o.Verdict == probity.NA {
								spared = o.Asset.ID
							}
						}
					})
				}
				told = told || slices.ContainsFunc(e.Expect, func(x examples.Expectation) bool { return x.Verdict == probity.NA })
				if len(e.Planned()) > 0 {
					t.Run(e.Name+" as a plan", func(t *testing.T) { asPlan(t, e, id) })
				}
			}
			turned.check(t)
			if spared != "" && !told {
				t.Errorf("%s is not judged: expect it to be not-applicable", spared)
			}
		})
	}
}

// parametersOf are what an example declares for rules to read.
func parametersOf(t *testing.T, e *examples.Example) map[string]any {
	t.Helper()
	config, err := e.Save(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	said, err := examples.Scan{Config: config}.Declared()
	if err != nil {
		t.Fatal(err)
	}
	return said.File.Parameters
}

func casesOf(t *testing.T, file string) []*examples.Example {
	t.Helper()
	cases, err := examples.File(file)
	if err != nil {
		t.Fatal(err)
	}
	return cases
}

func asExpected(t *testing.T, expect []examples.Expectation, got []probity.Outcome) {
	t.Helper()
	for _, line := range examples.Compare(expect, got) {
		t.Error(line)
	}
}

// jobOf writes the example into a folder, to be scanned by one rule.
func jobOf(t *testing.T, e *examples.Example, id string) job {
	t.Helper()
	dir := t.TempDir()
	config, err := e.Save(dir, e.Written()...)
	if err != nil {
		t.Fatal(err)
	}
	return job{dir: dir, config: config, rules: []string{id}}
}

// asPlan scans the plan of an example's code. What a plan alone leaves unknown is known where its code is at hand.
func asPlan(t *testing.T, e *examples.Example, id string) {
	t.Helper()
	dir, code := t.TempDir(), t.TempDir()
	if _, err := e.Save(code, "terraform"); err != nil {
		t.Fatal(err)
	}
	config, err := e.Save(dir, "files")
	if err != nil {
		t.Fatal(err)
	}
	code = filepath.Join(code, "terraform")
	plan, ok, err := examples.Plan(t.Context(), code)
	if err != nil {
		t.Fatal(err)
	}
	if !ok {
		return
	}
	expect := e.Planned()
	if err := os.WriteFile(filepath.Join(dir, "plan.json"), plan, 0o600); err != nil {
		t.Fatal(err)
	}
	j := job{dir: dir, config: config, rules: []string{id}}
	alone := outcomes(t, j.run(t))
	j.code.Source = code
	beside := alone
	if len(examples.Compare(expect, alone)) > 0 {
		beside = outcomes(t, j.run(t))
	}
	asExpected(t, expect, beside)
	for _, x := range expect {
		if lines := examples.Compare([]examples.Expectation{x}, alone); len(lines) > 0 {
			x.Verdict = probity.Unknown
			asExpected(t, []examples.Expectation{x}, alone)
		}
	}
}

func ruleFiles(t *testing.T, ext string) []string {
	t.Helper()
	var out []string
	err := filepath.WalkDir(rulesDir, func(p string, d fs.DirEntry, err error) error {
		if err == nil && strings.HasSuffix(p, ext) && !strings.HasSuffix(p, "_test.rego") && !strings.Contains(filepath.ToSlash(p), "/lib/") {
			out = append(out, filepath.ToSlash(p))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// rulesOf are the built-in rules.
func rulesOf(t *testing.T) []probity.Rule {
	t.Helper()
	c, err := policies.Load(t.Context(), policies.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	return c.Rules
}
