package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/reports/cause"
	"github.com/probity-scan/probity/reports/gate"
	"github.com/probity-scan/probity/reports/history"
	"github.com/probity-scan/probity/reports/language"
	"github.com/probity-scan/probity/scanners"
)

func diffCommand(stdin io.Reader, stdout, stderr io.Writer) *cobra.Command {
	var f scanFlags
	var outputs []string
	var asJSON, all, exitCode bool
	c := &cobra.Command{
		Use:   "diff BASE HEAD [TARGET…]",
		Short: "Tell what is new, worse, fixed and unchanged between two scans or two revisions",
		Long: `Diff compares two scans that were saved by probity scan -o json=FILE, of which one may be -,
for stdin, or that --history keeps: last, last~1 or an ID; or two revisions of the git repository
that the targets are in (default: the current directory), each scanned with its own configuration.
A finding is fixed on evidence only; what the later scan does not tell of is not seen. Each change
tells its cause: estate, content, declaration, rule, tool or coverage. It decides nothing, unless
--exit-code asks for it: probity gate --base BASE HEAD and probity scan --since BASE do.`,
		Example: `  probity diff before.json after.json
  probity diff --history /var/lib/probity last~1 last
  probity diff -o sarif=changes.sarif before.json after.json
  probity diff v1.4.0 v1.5.0 infra`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) < 2 || args[0] == "-" && args[1] == "-" {
				return fmt.Errorf("name two saved scans or revisions, as in: probity diff before.json after.json")
			}
			return f.bounds()
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			var found []string
			if where, err := f.historyFlags.where(); err != nil {
				return err
			} else if where != "" {
				p, err := f.historyFlags.look(cmd.Context())
				if err != nil {
					return err
				}
				defer func() { _ = p.Close() }()
				f.kept = p.Store
			}
			base, closeBase, err := f.state(cmd.Context(), args[0], args[2:], &found, stdin, stderr)
			if err != nil {
				return err
			}
			defer closeBase()
			head, closeHead, err := f.state(cmd.Context(), args[1], args[2:], &found, stdin, stderr)
			if err != nil {
				return err
			}
			defer closeHead()
			for _, t := range args[2:] {
				if !slices.Contains(found, t) {
					return fmt.Errorf("%s: no such file or folder in %s or %s", redacted(t), args[0], args[1])
				}
			}
			files, err := f.files(head.Targets)
			if err != nil {
				return err
			}
			in, err := f.language(files)
			if err != nil {
				return err
			}
			return differ{name: args[0], outputs: outputs, language: in, json: asJSON, all: all, exit: exitCode}.tell(base, head, stdout, stderr)
		},
	}
	fs := c.Flags()
	f.addBasic(fs)
	f.flags(fs)
	fs.StringArrayVarP(&outputs, "output", "o", nil, "write a report of HEAD, each finding with its state: `FORMAT=FILE` (repeatable)")
	fs.StringVar(&f.lang, "lang", "", langHelp())
	f.place(fs)
	fs.BoolVar(&exitCode, "exit-code", false, "exit 1 where something is new or worse")
	fs.BoolVar(&asJSON, "json", false, "write JSON")
	fs.BoolVar(&all, "all", false, "list what is unchanged too")
	return c
}

// state is a saved scan, or that of a revision, made now. It adds the targets that it found: a folder may be in one revision only.
func (f *scanFlags) state(ctx context.Context, name string, targets []string, found *[]string, stdin io.Reader, stderr io.Writer) (probity.Scan, func(), error) {
	if saved(name) {
		return openScan(name, stdin)
	}
	if f.kept != nil {
		scan, err := f.kept.Scan(ctx, name)
		if err == nil || !errors.Is(err, history.ErrUnknown) {
			return scan, func() {}, err
		}
	}
	if len(targets) == 0 {
		targets = []string{"."}
	}
	repo, err := repositoryOf(ctx, targets)
	if err != nil {
		return probity.Scan{}, nil, fmt.Errorf("%s is no saved scan, and as a revision: %w", name, err)
	}
	at, err := repo.At(ctx, name)
	if err != nil {
		return probity.Scan{}, nil, fmt.Errorf("%s is no saved scan: %w", name, err)
	}
	defer at.Close()
	log, err := f.logger(stderr)
	if err != nil {
		return probity.Scan{}, nil, err
	}
	there := *f
	there.base, there.opened = at, at.Of
	var here []string
	for _, t := range targets {
		if _, path, err := scanners.Source(t); err != nil {
			return probity.Scan{}, nil, err
		} else if _, err := os.Stat(at.Of(path)); err == nil {
			here = append(here, t)
		}
	}
	*found = append(*found, here...)
	s, err := there.settle(here)
	if err != nil {
		return probity.Scan{}, nil, err
	}
	for i, u := range s.units {
		s.units[i] = moved(u, at)
	}
	for _, t := range here {
		if isFolder(t) {
			if _, err := at.InstallModules(t); err != nil {
				return probity.Scan{}, nil, fmt.Errorf("%s: taking over installed modules: %w", name, err)
			}
		}
	}
	scan, err := there.scan(ctx, s, log, stderr)
	if err != nil || len(here) == 0 {
		return scan, func() {}, err
	}
	return scan, func() {}, tellLosses(func(line string) { fmt.Fprintln(stderr, "probity: "+name+": "+line) }, scan)
}

// differ tells what lies between two scans.
type differ struct {
	name     string // of the base
	outputs  []string
	language *language.Language // of pages
	json     bool
	all      bool
	exit     bool // with 1 where something is new or worse
}

// explained is a difference with the causes of what changed, by fingerprint.
type explained struct {
	gate.Diff
	Causes map[string]cause.Cause `json:"causes"`
}

// reasons finds the causes of what is new, worse, fixed and not seen.
func reasons(base, head probity.Scan, l gate.Diff) (explained, error) {
	out := explained{l, map[string]cause.Cause{}}
	changed := slices.Concat(l.New, l.Fixed)
	for _, w := range l.Worse {
		changed = append(changed, w.Gone)
	}
	for _, u := range l.Unseen {
		changed = append(changed, u.Gone)
	}
	keys := make([]cause.Key, len(changed))
	for i, g := range changed {
		keys[i] = cause.Key{Rule: g.Rule, Asset: g.Asset}
	}
	causes, err := cause.Between(base, head, keys)
	for i, g := range changed {
		out.Causes[g.Fingerprint] = causes[keys[i]]
	}
	return out, err
}

func (d differ) tell(base, head probity.Scan, stdout, stderr io.Writer) error {
	c, err := gate.Compare(base, head)
	if err != nil {
		return err
	}
	found, err := c.Lists(head)
	if err != nil {
		return err
	}
	lists, err := reasons(base, head, found)
	if err != nil {
		return err
	}
	var specs []spec
	for _, o := range d.outputs {
		specs = append(specs, spec{text: o})
	}
	out, err := openOutputs(specs, stdout)
	if err != nil {
		return err
	}
	defer out.discard()
	out.language = d.language
	if len(specs) > 0 {
		judged, decision, err := gate.Judge(head, gate.Options{Base: &gate.Base{Name: d.name, Scan: base}, Thresholds: []gate.Thresholds{{FailOn: gate.None}}})
		if err != nil {
			return err
		}
		if err := out.write(judged, decision); err != nil {
			return err
		}
	}
	to := stdout
	if out.stdout {
		to = stderr
	}
	if d.json {
		err = json.NewEncoder(to).Encode(lists)
	} else {
		d.text(to, base, head, lists)
	}
	if err == nil && d.exit && len(lists.New)+len(lists.Worse) > 0 {
		return exit{code: gate.Findings}
	}
	return err
}

func (d differ) text(w io.Writer, base, head probity.Scan, l explained) {
	because := func(g probity.Gone) string { return findingLine(g) + "  by " + string(l.Causes[g.Fingerprint]) }
	section := func(title string, n int, line func(int) string) {
		if n == 0 {
			return
		}
		fmt.Fprintf(w, "%s (%d)\n", title, n)
		for i := range n {
			fmt.Fprintln(w, "  "+printable(line(i)))
		}
		fmt.Fprintln(w)
	}
	section("New", len(l.New), func(i int) string { return because(l.New[i]) })
	section("Worse", len(l.Worse), func(i int) string {
		x := l.Worse[i]
		if gate.Stricter(x.Was.Risk.Severity, x.Risk.Severity) {
			return because(x.Gone) + " (was " + string(x.Was.Risk.Severity) + ")"
		}
		return because(x.Gone) + " (other facts decide it)"
	})
	section("Fixed", len(l.Fixed), func(i int) string { return because(l.Fixed[i]) })
	section("Not seen", len(l.Unseen), func(i int) string { return because(l.Unseen[i].Gone) + " (" + l.Unseen[i].Why + ")" })
	if d.all {
		section("Unchanged", len(l.Unchanged), func(i int) string { return findingLine(l.Unchanged[i]) })
	}
	by := made(base) + " and " + made(head)
	if made(base) == made(head) {
		by = "both " + made(head)
	}
	fmt.Fprintf(w, "%d new, %d worse, %d fixed, %d not seen, %d unchanged; %s\n", len(l.New), len(l.Worse), len(l.Fixed), len(l.Unseen), len(l.Unchanged), by)
}

// made says by what and when a scan was made.
func made(s probity.Scan) string {
	return printable(s.Tool) + " of " + s.Started.UTC().Format(time.DateOnly)
}

// findingLine names a finding, with the beginning of its fingerprint that probity waive takes.
func findingLine(g probity.Gone) string {
	at := g.Asset.ID
	if g.Place != nil {
		at = g.Place.String()
	}
	return fmt.Sprintf("%-8s %s  %s  %s  %.12s", g.Risk.Severity, g.Rule, at, g.Message, g.Fingerprint)
}
