package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/cmd/internal/examples"
	"github.com/probity-scan/probity/cmd/internal/renderer"
	"github.com/probity-scan/probity/policies"
	"github.com/probity-scan/probity/policies/child"
	"github.com/probity-scan/probity/policies/workshop"
	"github.com/probity-scan/probity/reports/gate"
)

// ruleTests is what the tests and the examples of a folder of rules say.
type ruleTests struct {
	workshop.Tested
	Examples []tried `json:"examples"`
}

// tried is one case of a rule's examples, as it was scanned.
type tried struct {
	Rule   string   `json:"rule"`
	Case   string   `json:"case"`
	Source string   `json:"source"` // "written" or "plan"
	Wrong  []string `json:"wrong"`  // what is otherwise than expected
	Left   []string `json:"left"`   // folders of servers and accounts, which are not set up here
}

func testRulesCommand(stdout, stderr io.Writer) *cobra.Command {
	var asJSON, watched bool
	var deadline time.Duration
	c := &cobra.Command{
		Use:   "test [DIR]",
		Short: "Run the tests and examples of your rules, and tell what no test reaches",
		Long: `Test runs the _test.rego files of a folder, with coverage, and scans the examples beside its rules by
the real scanners. Tests run as rules do, in a process of their own without network, environment and clock, with
512 MiB of memory. Code of Terraform is judged as the plan of it too. Examples of servers and of live
accounts are not set up here, and are named as left out.

Exit codes: 0 all pass and every line is reached; 1 something is wrong; 2 wrong usage.`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			dir := folderOf(args)
			once := func() error { return testRules(cmd.Context(), dir, deadline, asJSON, stdout) }
			if watched {
				return onChange(cmd.Context(), dir, once, stderr)
			}
			return once()
		},
	}
	c.Flags().BoolVar(&asJSON, "json", false, "write JSON")
	c.Flags().DurationVar(&deadline, "rule-deadline", 0, "stop a test after this time, and a rule over an example (default 10s)")
	c.Flags().BoolVar(&watched, "watch", false, "run again whenever a file changes, until interrupted")
	return c
}

func folderOf(args []string) string {
	if len(args) == 1 {
		return args[0]
	}
	return "."
}

func testRules(ctx context.Context, dir string, deadline time.Duration, asJSON bool, stdout io.Writer) error {
	files, err := workshop.Files(dir)
	if err != nil {
		return err
	}
	helpers, err := policies.Helpers()
	if err != nil {
		return err
	}
	program, err := os.Executable()
	if err != nil {
		return fmt.Errorf("finding the own program: %w", err)
	}
	var all ruleTests
	limits := child.Limits{Deadline: deadline}
	if all.Tested, err = child.RunTests(ctx, program, child.Tests{Files: files, Helpers: helpers}, limits); err != nil {
		return exit{gate.Findings, err.Error()}
	}
	if all.Examples, err = tryExamples(ctx, dir, program, limits); err != nil {
		return err
	}
	if asJSON {
		err = writeJSON(stdout, all)
	} else {
		err = all.write(stdout)
	}
	if err != nil || all.passed() {
		return err
	}
	return exit{code: gate.Findings}
}

func (r ruleTests) passed() bool {
	return r.Passed() && !slices.ContainsFunc(r.Examples, func(e tried) bool { return len(e.Wrong) > 0 })
}

func (r ruleTests) write(w io.Writer) error {
	p, passed := &pen{w: w}, 0
	for _, t := range r.Tests {
		if t.Passed {
			passed++
			continue
		}
		p.line("FAIL %s:%d: %s %s", t.File, t.Line, t.Name, t.Error)
	}
	for _, e := range r.Examples {
		for _, line := range e.Wrong {
			p.line("FAIL %s, example %s (%s): %s", e.Rule, e.Case, e.Source, line)
		}
		for _, folder := range e.Left {
			p.line("left out: %s, example %s: %s is not set up here", e.Rule, e.Case, folder)
		}
	}
	for _, u := range r.Untested {
		p.line("%s", u)
	}
	for _, u := range r.Uncovered {
		p.line("%s:%d: no test reaches this line", u.File, u.Line)
	}
	good, scanned := 0, 0
	for _, e := range r.Examples {
		if len(e.Left) > 0 {
			continue
		}
		if scanned++; len(e.Wrong) == 0 {
			good++
		}
	}
	p.line("%d of %d tests pass, %d of %d examples; tests reach %.1f %% of the lines of rules", passed, len(r.Tests), good, scanned, r.Covered)
	return p.err
}

// tryExamples scans the examples of each rule of the folder.
func tryExamples(ctx context.Context, dir, program string, limits child.Limits) ([]tried, error) {
	scan := examples.Scan{Policies: policies.Options{Dirs: []string{dir}, Program: program, Limits: limits}, Render: renderer.New(program, renderer.Limits{})}
	out := []tried{}
	err := filepath.WalkDir(dir, func(p string, d fs.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() || !strings.HasSuffix(p, ".txtar") {
			return err
		}
		if _, err := os.Stat(strings.TrimSuffix(p, ".txtar") + ".rego"); errors.Is(err, fs.ErrNotExist) {
			return nil // no rule's
		}
		cases, err := examples.File(p)
		if err != nil {
			return err
		}
		scan.Policies.Rules = []string{strings.TrimSuffix(filepath.Base(p), ".txtar")}
		for _, e := range cases {
			tries, err := tryExample(ctx, scan, e)
			if err != nil {
				return err
			}
			out = append(out, tries...)
		}
		return nil
	})
	return out, err
}

func tryExample(ctx context.Context, scan examples.Scan, e *examples.Example) ([]tried, error) {
	t := tried{Rule: scan.Policies.Rules[0], Case: e.Name, Source: "written", Wrong: []string{}, Left: []string{}}
	for _, x := range e.Expect {
		if !slices.Contains([]string{"terraform", "plan", "cloudformation", "kubernetes", "files"}, x.Source) && !slices.Contains(t.Left, x.Source) {
			t.Left = append(t.Left, x.Source)
		}
	}
	var out []tried
	if expect := e.Of(e.Written()...); len(expect) > 0 || len(e.Expect) == 0 {
		wrong, err := inFolder(func(dir string) ([]string, error) {
			var err error
			if scan.Config, err = e.Save(dir, e.Written()...); err != nil {
				return nil, err
			}
			return judgedOtherwise(ctx, scan, dir, expect), nil
		})
		if err != nil {
			return nil, err
		}
		t.Wrong = append(t.Wrong, wrong...)
	}
	out = append(out, t)
	if len(e.Planned()) == 0 {
		return out, nil
	}
	wrong, err := inFolder(func(dir string) ([]string, error) { return tryPlan(ctx, scan, e, dir) })
	if err != nil {
		return nil, err
	}
	return append(out, tried{Rule: t.Rule, Case: e.Name, Source: "plan", Wrong: append([]string{}, wrong...), Left: []string{}}), nil
}

// tryPlan scans the plan of an example's code, with the code at hand.
func tryPlan(ctx context.Context, scan examples.Scan, e *examples.Example, dir string) ([]string, error) {
	code, target := filepath.Join(dir, "code"), filepath.Join(dir, "plan")
	if _, err := e.Save(code, "terraform"); err != nil {
		return nil, err
	}
	var err error
	if scan.Config, err = e.Save(target, "files"); err != nil {
		return nil, err
	}
	scan.Code.Source = filepath.Join(code, "terraform")
	plan, ok, err := examples.Plan(ctx, scan.Code.Source)
	if err != nil || !ok {
		return nil, err
	}
	if err := os.MkdirAll(target, 0o750); err != nil {
		return nil, fmt.Errorf("writing examples: %w", err)
	}
	if err := os.WriteFile(filepath.Join(target, "plan.json"), plan, 0o600); err != nil {
		return nil, fmt.Errorf("writing examples: %w", err)
	}
	return judgedOtherwise(ctx, scan, target, e.Planned()), nil
}

func inFolder(do func(dir string) ([]string, error)) ([]string, error) {
	dir, err := os.MkdirTemp("", "probity-examples-")
	if err != nil {
		return nil, fmt.Errorf("writing examples: %w", err)
	}
	defer func() { _ = os.RemoveAll(dir) }()
	return do(dir)
}

// judgedOtherwise scans a folder, and says what is otherwise than expected. What stops the scan is wrong as well.
func judgedOtherwise(ctx context.Context, scan examples.Scan, dir string, expect []examples.Expectation) []string {
	scan.Target = dir
	var got []probity.Outcome
	s, err := scan.Run(ctx)
	if err == nil {
		got, err = examples.Outcomes(s)
	}
	if err != nil {
		return []string{strings.ReplaceAll(err.Error(), "\n", " ")}
	}
	return examples.Compare(expect, got)
}
