package main

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/probity-scan/probity/cmd/internal/explain"
	"github.com/probity-scan/probity/policies"
)

func explainCommand(stdin io.Reader, stdout io.Writer) *cobra.Command {
	var saved string
	var asJSON bool
	c := &cobra.Command{
		Use:   "explain FINDING --scan SCAN",
		Short: "Tell how a finding came to be, and what mends it",
		Long: `Explain tells the whole derivation of a finding of a saved scan: each fact that its rule reads and
where it is from, what is left open, which requirements ask for it, and what mends it. For
Terraform code that is here, it proposes the change as a patch; it changes no file.

FINDING is a fingerprint as reports show it, or the beginning of one.`,
		Example: `  probity scan -o json=scan.json ./infra
  probity explain 3f9a2c --scan scan.json`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if saved == "" {
				return fmt.Errorf("name the scan that the finding is of: --scan FILE")
			}
			scan, shut, err := openScan(saved, stdin)
			if err != nil {
				return fmt.Errorf("--scan: %w", err)
			}
			defer shut()
			corpus, err := policies.Load(cmd.Context(), policies.Options{})
			if err != nil {
				return err
			}
			defer corpus.Close()
			e, err := explain.Of(cmd.Context(), scan, corpus, args[0])
			if err != nil {
				return err
			}
			e.Propose(readRepository)
			if asJSON {
				return writeJSON(stdout, e)
			}
			return writeExplanation(stdout, e)
		},
	}
	c.Flags().StringVar(&saved, "scan", "", "the saved scan (JSON); - is stdin")
	c.Flags().BoolVar(&asJSON, "json", false, "write JSON")
	return c
}

// readRepository reads a file of the repository around the current directory, or below that.
func readRepository(name string) ([]byte, error) {
	wd, err := os.Getwd()
	if err != nil {
		return nil, err
	}
	root, err := os.OpenRoot(home(wd))
	if err != nil {
		return nil, err
	}
	defer root.Close()
	return root.ReadFile(filepath.FromSlash(name))
}

func writeExplanation(w io.Writer, e explain.Explanation) error {
	p := &pen{w: w}
	f := e.Finding
	p.line("%s  %s  %s", e.Rule.ID, f.Risk.Severity, f.Asset.ID)
	p.line("  %s", f.Message)
	if f.Place != nil {
		p.line("  at %s", f.Place)
		if f.Place.Inside != nil {
			p.line("  in the module at %s", f.Place.Inside)
		}
	}
	for c := f.Place; c != nil && c.Caller != nil; c = c.Caller {
		p.line("  called from %s", c.Caller)
	}
	p.line("")
	p.line("Verdict: %s. Facts that the rule reads:", e.Verdict)
	for _, fact := range e.Facts {
		p.fact(fact, 1)
	}
	if len(e.Residual) > 0 {
		p.line("")
		p.line("Left open: it is a violation where one of these holds")
		for _, r := range e.Residual {
			p.line("  %s", r)
		}
	}
	if len(f.Risk.Because) > 0 {
		because := make([]string, len(f.Risk.Because))
		for i, b := range f.Risk.Because {
			because[i] = string(b.Fact)
		}
		p.line("The rule's own severity is %s; here it is %s because of %s.", e.Rule.Severity, f.Risk.Severity, strings.Join(because, ", "))
	}
	p.line("")
	p.line("Rule: %s (%s)", e.Rule.Title, e.Rule.Source.String())
	p.line("  %s", e.Rule.Description)
	obligations := make([]string, len(e.Rule.Obligations))
	for i, o := range e.Rule.Obligations {
		obligations[i] = string(o)
	}
	p.line("  serves %s", strings.Join(obligations, ", "))
	if len(e.Controls) > 0 {
		p.line("")
		p.line("Asked for by:")
		for _, c := range e.Controls {
			p.line("  %s %s: %s", c.Framework, c.ID, c.Title)
		}
	}
	if e.Fix != "" {
		p.line("")
		p.line("What mends it: %s", e.Fix)
	}
	if e.NoPatch != "" {
		p.line("No patch: %s", e.NoPatch)
	}
	if e.Patch != "" {
		p.line("")
		for _, l := range strings.Split(strings.TrimSuffix(e.Patch, "\n"), "\n") {
			p.line("%s", l)
		}
	}
	return p.err
}

// pen writes lines of text that steer no terminal.
type pen struct {
	w   io.Writer
	err error
}

func (p *pen) line(format string, args ...any) {
	if p.err == nil {
		_, p.err = fmt.Fprintln(p.w, strings.TrimRight(printable(fmt.Sprintf(format, args...)), " "))
	}
}

func (p *pen) fact(f explain.Fact, depth int) {
	indent := strings.Repeat("  ", depth)
	name := string(f.Path)
	if depth > 1 && f.Asset.ID != "" {
		name += " of " + f.Asset.ID
	}
	switch {
	case f.Gap != nil && f.Value != nil:
		p.line("%s%s = %s, and maybe more: %s", indent, name, short(f.Value), f.Gap)
	case f.Gap != nil:
		p.line("%s%s: %s", indent, name, f.Gap)
	default:
		p.line("%s%s = %s", indent, name, short(f.Value))
	}
	if f.From != "" {
		p.line("%s    %s", indent, f.From)
	}
	for _, of := range f.Of {
		p.fact(of, depth+1)
	}
}

// short is a value in one line.
func short(v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		return "?"
	}
	if s := string(b); s == "null" || s == "[]" {
		return "none"
	}
	const most = 160
	if len(b) > most {
		return strings.ToValidUTF8(string(b[:most]), "") + "…"
	}
	return string(b)
}
