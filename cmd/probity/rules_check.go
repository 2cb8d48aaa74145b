package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/policies"
	"github.com/probity-scan/probity/policies/workshop"
	"github.com/probity-scan/probity/reports"
	"github.com/probity-scan/probity/reports/gate"
)

func checkRulesCommand(stdout, stderr io.Writer) *cobra.Command {
	var asJSON, fix, watched bool
	c := &cobra.Command{
		Use:   "check [DIR]",
		Short: "Check your rules: METADATA, the paths they read, format and style",
		Long: `Check compiles each rule of a folder as a scan does, against the schema of what rules see, and holds
METADATA, names, format and style against how rules are written.

Exit codes: 0 nothing is wrong; 1 something is; 2 wrong usage.`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			dir := folderOf(args)
			once := func() error { return checkRules(cmd.Context(), dir, fix, asJSON, stdout) }
			if watched {
				return onChange(cmd.Context(), dir, once, stderr)
			}
			return once()
		},
	}
	c.Flags().BoolVar(&asJSON, "json", false, "write JSON")
	c.Flags().BoolVar(&fix, "fix", false, "format the files, as opa fmt does")
	c.Flags().BoolVar(&watched, "watch", false, "check again whenever a file changes, until interrupted")
	return c
}

func checkRules(ctx context.Context, dir string, fix, asJSON bool, stdout io.Writer) error {
	files, err := workshop.Files(dir)
	if err != nil {
		return err
	}
	if fix {
		if err := formatRules(files); err != nil {
			return err
		}
	}
	program, err := os.Executable()
	if err != nil {
		return fmt.Errorf("finding the own program: %w", err)
	}
	corpus, err := policies.Load(ctx, policies.Options{Dirs: []string{dir}, Program: program})
	if err != nil {
		return err
	}
	defer corpus.Close()
	problems := []workshop.Problem{}
	for _, t := range corpus.Trouble {
		problems = append(problems, problemOf(t, files))
	}
	own := slices.DeleteFunc(slices.Clone(corpus.Rules), func(r probity.Rule) bool { return !r.Foreign })
	there := func(file string) bool { _, err := os.Stat(filepath.FromSlash(file)); return err == nil }
	problems = append(problems, workshop.Style(files, own, there)...)
	if asJSON {
		err = writeJSON(stdout, problems)
	} else {
		p := &pen{w: stdout}
		for _, x := range problems {
			p.line("%s", x)
		}
		p.line("%s, %s", reports.Plural(len(own)+len(corpus.Trouble), "rule"), reports.Plural(len(problems), "problem"))
		err = p.err
	}
	if err != nil || len(problems) == 0 {
		return err
	}
	return exit{code: gate.Findings}
}

// formatRules writes the files whose format differs, and keeps what they hold for the checks.
func formatRules(files map[string][]byte) error {
	for file, src := range files {
		got, err := workshop.Format(file, src)
		if err != nil || string(got) == string(src) {
			continue // what does not parse is told with its line
		}
		if err := replace(filepath.FromSlash(file), got); err != nil {
			return fmt.Errorf("writing %s", brief(err))
		}
		files[file] = got
	}
	return nil
}

// problemOf takes "file:line: what" apart.
func problemOf(t probity.Trouble, files map[string][]byte) workshop.Problem {
	text := t.Gap.Because
	for file := range files {
		rest, ok := strings.CutPrefix(text, file+":")
		if !ok {
			continue
		}
		p := workshop.Problem{File: file, What: strings.TrimSpace(rest)}
		var column int
		if n, _ := fmt.Sscanf(rest, "%d:%d:", &p.Line, &column); n >= 1 {
			for range n {
				_, p.What, _ = strings.Cut(p.What, ":")
			}
			p.What = strings.TrimSpace(p.What)
		}
		return p
	}
	return workshop.Problem{File: strings.TrimPrefix(t.What, "rule file "), What: text}
}
