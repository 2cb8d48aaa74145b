// Package workshop is what people who write rules need: their tests with coverage, checks of style, and a first rule to begin with.
// What it runs may call the same built-in functions as rules: no network, clock or environment.
package workshop

import (
	"context"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/cover"
	"github.com/open-policy-agent/opa/v1/storage/inmem"
	"github.com/open-policy-agent/opa/v1/tester"

	"github.com/probity-scan/probity/policies/compile"
)

// Tested is what the tests of a folder say.
type Tested struct {
	Tests     []Test    `json:"tests"`
	Uncovered []Place   `json:"uncovered"` // lines of rules that no test reaches
	Covered   float64   `json:"covered"`   // of the lines of rules, in per cent
	Untested  []Problem `json:"untested"`  // rules without tests of their own
}

// Test is one test_… rule.
type Test struct {
	Name   string `json:"name"`
	File   string `json:"file"`
	Line   int    `json:"line"`
	Passed bool   `json:"passed"`
	Error  string `json:"error,omitempty"`
}

// Place is a line of a file.
type Place struct {
	File string `json:"file"`
	Line int    `json:"line"`
}

// Problem is what is wrong in a file.
type Problem struct {
	File string `json:"file"`
	Line int    `json:"line"` // 0: in the file as a whole
	What string `json:"what"`
}

func (p Problem) String() string {
	if p.Line == 0 {
		return p.File + ": " + p.What
	}
	return fmt.Sprintf("%s:%d: %s", p.File, p.Line, p.What)
}

// Files are the Rego files below a folder, tests among them, by their path.
func Files(dir string) (map[string][]byte, error) {
	out := map[string][]byte{}
	err := filepath.WalkDir(dir, func(p string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && strings.HasPrefix(d.Name(), ".") && p != dir {
			return filepath.SkipDir
		}
		if d.Type().IsRegular() && strings.HasSuffix(p, ".rego") {
			out[filepath.ToSlash(p)], err = os.ReadFile(p)
		}
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("reading rules: %w", err)
	}
	if len(out) == 0 {
		return nil, fmt.Errorf("%s holds no .rego file", dir)
	}
	return out, nil
}

// Run runs the tests among the files. The helpers of built-in rules are there as well, and are not counted.
func Run(ctx context.Context, files, helpers map[string][]byte) (Tested, error) {
	mods, own := map[string]*ast.Module{}, map[string]*ast.Module{}
	for file, src := range files {
		m, err := compile.Parse(file, src)
		if err != nil {
			return Tested{}, err
		}
		mods[file], own[file] = m, m
	}
	for file, src := range helpers {
		m, err := compile.Parse(file, src)
		if err != nil {
			return Tested{}, err
		}
		mods[file] = m
	}
	tracer := cover.New()
	runner := tester.NewRunner().SetStore(inmem.New()).SetModules(mods).SetCoverageQueryTracer(tracer).CapturePrintOutput(true).
		SetCompiler(compile.Tests())
	results, err := runner.RunTests(ctx, nil)
	if err != nil {
		return Tested{}, compile.OneLine(err)
	}
	var out Tested
	tested := map[string]bool{}
	for r := range results {
		t := Test{Name: r.Package + "." + r.Name, Passed: r.Pass()}
		if r.Location != nil {
			t.File, t.Line = r.Location.File, r.Location.Row
		}
		if r.Error != nil {
			t.Error, _, _ = strings.Cut(r.Error.Error(), "\n")
		}
		tested[strings.TrimSuffix(t.File, "_test.rego")] = true
		out.Tests = append(out.Tests, t)
	}
	slices.SortFunc(out.Tests, func(a, b Test) int { return strings.Compare(a.File+a.Name, b.File+b.Name) })
	out.cover(tracer.Report(own))
	for _, file := range slices.Sorted(maps.Keys(files)) {
		if stem, ok := strings.CutSuffix(file, ".rego"); ok && !strings.HasSuffix(stem, "_test") && judges(own[file]) && !tested[stem] {
			out.Untested = append(out.Untested, Problem{File: file, What: "has no tests: write " + filepath.Base(stem) + "_test.rego"})
		}
	}
	return out, nil
}

func (t *Tested) cover(report cover.Report) {
	covered, all := 0, 0
	for _, file := range slices.Sorted(maps.Keys(report.Files)) {
		r := report.Files[file]
		if r == nil || strings.HasSuffix(file, "_test.rego") {
			continue
		}
		for _, at := range r.NotCovered {
			for line := at.Start.Row; line <= at.End.Row; line++ {
				t.Uncovered = append(t.Uncovered, Place{file, line})
			}
		}
		covered, all = covered+r.CoveredLines, all+r.CoveredLines+r.NotCoveredLines
	}
	t.Covered = 100
	if all > 0 {
		t.Covered = 100 * float64(covered) / float64(all)
	}
}

// Passed reports whether all tests pass, and reach every line of every rule.
func (t Tested) Passed() bool {
	return len(t.Tests) > 0 && len(t.Uncovered)+len(t.Untested) == 0 && !slices.ContainsFunc(t.Tests, func(t Test) bool { return !t.Passed })
}

func judges(m *ast.Module) bool {
	return slices.ContainsFunc(m.Rules, func(r *ast.Rule) bool { return r.Head.Name == "violation" })
}
