// Package workshop is what people who write rules need: their tests with coverage, checks of style, and a first rule to begin with.
// What it runs may call the same built-in functions as rules: no network, clock or environment.
package workshop

import (
	"cmp"
	"context"
	"fmt"
	"io/fs"
	"maps"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"

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

func byName(a, b Test) int { return strings.Compare(a.File+a.Name, b.File+b.Name) }

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
			if out[filepath.ToSlash(p)], err = compile.Read(p); err != nil {
				return fmt.Errorf("%s: %w", filepath.ToSlash(p), err)
			}
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("reading rules: %w", err)
	}
	if len(out) == 0 {
		return nil, fmt.Errorf("%s holds no .rego file", dir)
	}
	return out, nil
}

// Report is what tests of a folder came to in one run.
type Report struct {
	Tests     []Test           `json:"tests"`
	Reached   map[string][]int `json:"reached"`   // lines of rules, by file
	Unreached map[string][]int `json:"unreached"` // others of them
	Judging   []string         `json:"judging"`   // files with a rule that judges
}

// parsed are the modules of a folder, and with the helpers of built-in rules.
func parsed(files, helpers map[string][]byte) (own, all map[string]*ast.Module, err error) {
	own, all = map[string]*ast.Module{}, map[string]*ast.Module{}
	for file, src := range files {
		if own[file], err = compile.Parse(file, src); err != nil {
			return nil, nil, err
		}
		all[file] = own[file]
	}
	for file, src := range helpers {
		if all[file], err = compile.Parse(file, src); err != nil {
			return nil, nil, err
		}
	}
	return own, all, nil
}

// Names are the tests among the files, none of which was run.
func Names(files map[string][]byte) ([]Test, error) {
	own, _, err := parsed(files, nil)
	if err != nil {
		return nil, err
	}
	var out []Test
	for file, m := range own {
		for _, r := range m.Rules {
			if name := r.Head.Ref()[0].Value.String(); strings.HasPrefix(name, tester.TestPrefix) {
				out = append(out, Test{Name: m.Package.Path.String() + "." + name, File: file, Line: r.Location.Row})
			}
		}
	}
	slices.SortFunc(out, byName)
	return slices.CompactFunc(out, func(a, b Test) bool { return a.Name == b.Name }), nil
}

// Run runs the tests among the files: the one of a name, or all of them where that is empty. The helpers of built-in rules are there
// as well, and are not counted. How long a test may take is for whoever asks to say.
func Run(ctx context.Context, files, helpers map[string][]byte, name string) (Report, error) {
	own, all, err := parsed(files, helpers)
	if err != nil {
		return Report{}, err
	}
	tracer := cover.New()
	const day = 24 * time.Hour
	runner := tester.NewRunner().SetStore(inmem.New()).SetModules(all).SetCoverageQueryTracer(tracer).CapturePrintOutput(true).
		SetCompiler(compile.Tests()).SetTimeout(day)
	if name != "" {
		runner = runner.Filter("^" + regexp.QuoteMeta(name) + "(#[0-9]+)?$") // the second of a name has a number
	}
	results, err := runner.RunTests(ctx, nil)
	if err != nil {
		return Report{}, compile.OneLine(err)
	}
	out := Report{Reached: map[string][]int{}, Unreached: map[string][]int{}}
	for r := range results {
		t := Test{Name: r.Package + "." + r.Name, Passed: r.Pass()}
		if r.Location != nil {
			t.File, t.Line = r.Location.File, r.Location.Row
		}
		if r.Error != nil {
			t.Error, _, _ = strings.Cut(r.Error.Error(), "\n")
		}
		out.Tests = append(out.Tests, t)
	}
	for file, r := range tracer.Report(own).Files {
		if r != nil && !strings.HasSuffix(file, "_test.rego") {
			out.Reached[file], out.Unreached[file] = lines(r.Covered), lines(r.NotCovered)
		}
	}
	for _, file := range slices.Sorted(maps.Keys(own)) {
		if stem, ok := strings.CutSuffix(file, ".rego"); ok && !strings.HasSuffix(stem, "_test") && judges(own[file]) {
			out.Judging = append(out.Judging, file)
		}
	}
	return out, nil
}

func lines(ranges []cover.Range) (out []int) {
	for _, r := range ranges {
		for line := r.Start.Row; line <= r.End.Row; line++ {
			out = append(out, line)
		}
	}
	return out
}

// Sum is what all runs over a folder say together.
func Sum(runs ...Report) Tested {
	out, tested := Tested{Covered: 100}, map[string]bool{}
	reached, all := map[Place]bool{}, map[Place]bool{}
	judging := map[string]bool{}
	for _, run := range runs {
		out.Tests = append(out.Tests, run.Tests...)
		for _, lines := range []map[string][]int{run.Reached, run.Unreached} {
			for file := range lines {
				for _, line := range lines[file] {
					all[Place{file, line}] = true
				}
			}
		}
		for file, lines := range run.Reached {
			for _, line := range lines {
				reached[Place{file, line}] = true
			}
		}
		for _, file := range run.Judging {
			judging[file] = true
		}
	}
	slices.SortFunc(out.Tests, byName)
	for _, t := range out.Tests {
		tested[strings.TrimSuffix(t.File, "_test.rego")] = true
	}
	for at := range all {
		if !reached[at] {
			out.Uncovered = append(out.Uncovered, at)
		}
	}
	slices.SortFunc(out.Uncovered, func(a, b Place) int { return cmp.Or(strings.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line)) })
	if len(all) > 0 {
		out.Covered = 100 * float64(len(reached)) / float64(len(all))
	}
	for _, file := range slices.Sorted(maps.Keys(judging)) {
		if stem := strings.TrimSuffix(file, ".rego"); !tested[stem] {
			out.Untested = append(out.Untested, Problem{File: file, What: "has no tests: write " + filepath.Base(stem) + "_test.rego"})
		}
	}
	return out
}

// Passed reports whether all tests pass, and reach every line of every rule.
func (t Tested) Passed() bool {
	return len(t.Tests) > 0 && len(t.Uncovered)+len(t.Untested) == 0 && !slices.ContainsFunc(t.Tests, func(t Test) bool { return !t.Passed })
}

func judges(m *ast.Module) bool {
	return slices.ContainsFunc(m.Rules, func(r *ast.Rule) bool { return r.Head.Name == "violation" })
}
