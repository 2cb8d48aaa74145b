package main

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"path"
	"slices"

	"github.com/spf13/cobra"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/cmd/internal/explain"
	"github.com/probity-scan/probity/policies/child"
)

// trial is what a rule says of one asset, and why.
type trial struct {
	Asset    probity.Ref        `json:"asset"`
	Kind     probity.Kind       `json:"kind"`
	Verdict  probity.Verdict    `json:"verdict"`
	Findings []probity.Finding  `json:"findings"`
	Deciding []probity.Evidence `json:"deciding"`
	Facts    []explain.Fact     `json:"facts"` // all that the rule reads
	child.Traced
}

func tryRuleCommand(stdout, stderr io.Writer) *cobra.Command {
	var f scanFlags
	var asJSON, trace bool
	var only string
	c := &cobra.Command{
		Use:   "try RULE TARGET",
		Short: "Scan a target by one rule, and show what it read and how it was evaluated",
		Long: `Try scans a target by one rule and shows, for each asset that it judges, the facts that it reads and
where they are from, its verdict, what would decide it where it is unknown, and with --trace each
step of its evaluation. A rule of your own is evaluated in a process of its own, as in a scan.`,
		Example: `  probity rules try encryption-at-rest ./infra
  probity rules try month-of-backups ./infra --policies policies --asset '*.clinic' --trace`,
		Args: cobra.ExactArgs(2),
		RunE: func(cmd *cobra.Command, args []string) error {
			if _, err := path.Match(only, ""); err != nil {
				return fmt.Errorf("--asset %q: the pattern is malformed", only)
			}
			f.rules, f.quiet = []string{args[0]}, true
			trials, err := f.try(cmd.Context(), args[1], only, trace || asJSON, stderr)
			if err != nil {
				return err
			}
			if asJSON {
				return writeJSON(stdout, trials)
			}
			return writeTrials(stdout, trials)
		},
	}
	f.add(c.Flags())
	f.flags(c.Flags())
	for _, taken := range []string{"rules", "framework"} {
		_ = c.Flags().MarkHidden(taken)
	}
	c.Flags().BoolVar(&asJSON, "json", false, "write JSON, with the trace")
	c.Flags().BoolVar(&trace, "trace", false, "show each step of the evaluation")
	c.Flags().StringVar(&only, "asset", "", "only assets whose ID this glob matches")
	return c
}

func (f *scanFlags) try(ctx context.Context, target, only string, trace bool, stderr io.Writer) ([]trial, error) {
	log, err := f.logger(stderr)
	if err != nil {
		return nil, err
	}
	s, err := f.settle([]string{target})
	if err != nil {
		return nil, err
	}
	scan, err := f.scan(ctx, s, log, stderr)
	if err != nil {
		return nil, err
	}
	corpus, err := f.corpus(ctx, s)
	if err != nil {
		return nil, err
	}
	defer corpus.Close()
	out := []trial{}
	for o, err := range scan.Outcomes {
		if err != nil {
			return nil, err
		}
		if ok, _ := path.Match(cmp.Or(only, "*"), o.Asset.ID); !ok && only != "" {
			continue
		}
		a, linked, err := explain.Neighbourhood(scan, o.Asset)
		if err != nil { // an outcome on a listing
			out = append(out, trial{Asset: o.Asset, Verdict: o.Verdict, Findings: o.Findings, Deciding: o.Evidence})
			continue
		}
		i := slices.IndexFunc(scan.Rules, func(r probity.Rule) bool { return r.ID == o.Rule })
		t := trial{Asset: a.Ref, Kind: a.Kind, Verdict: o.Verdict, Findings: o.Findings, Deciding: o.Evidence, Facts: explain.Facts(scan.Rules[i], a)}
		if trace || o.Verdict == probity.Unknown {
			if t.Traced, err = corpus.Trace(ctx, o.Rule, a, linked, scan.Started); err != nil {
				return nil, fmt.Errorf("tracing %s: %w", o.Rule, err)
			}
		}
		if !trace {
			t.Steps = nil
		}
		out = append(out, t)
	}
	if len(out) == 0 {
		return nil, fmt.Errorf("%s judges nothing in %s: probity rules show %s names the classes that it judges", f.rules[0], redacted(target), f.rules[0])
	}
	return out, nil
}

func writeTrials(w io.Writer, trials []trial) error {
	p := &pen{w: w}
	for i, t := range trials {
		if i > 0 {
			p.line("")
		}
		p.line("%s  %s  %s", t.Verdict, t.Kind, t.Asset.ID)
		for _, f := range t.Findings {
			p.line("  %s", f.Message)
		}
		for _, f := range t.Facts {
			p.fact(f, 1)
		}
		if len(t.Residual) > 0 {
			p.line("  a violation where one of these holds:")
			for _, r := range t.Residual {
				p.line("    %s", r)
			}
		}
		for _, s := range t.Steps {
			p.line("  %s", s)
		}
	}
	return p.err
}
