package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/cmd/internal/past"
	"github.com/probity-scan/probity/reports/cause"
	"github.com/probity-scan/probity/reports/history"
)

func historyCommand(stdin io.Reader, stdout, stderr io.Writer) *cobra.Command {
	var f historyFlags
	c := &cobra.Command{
		Use:   "history",
		Short: "Tell what scans of the past found, and what became of it",
		Long: `History reads what scans with --history kept: which scans there were, what changed from one to
the next and why, and the life of each finding. Scans are named by their ID or its beginning; last
is the newest, last~1 the one before it in its series.`,
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error { return c.Help() },
	}
	f.place(c.PersistentFlags())
	t := teller{flags: &f, out: stdout}
	c.AddCommand(t.list(), t.changes(), t.findings(), t.finding(), t.trend(), historyExport(&f, stdout), historyImport(&f, stdin, stdout, stderr), historyPrune(&f, stdout, stderr))
	return c
}

// teller reads a history and tells of it.
type teller struct {
	flags *historyFlags
	out   io.Writer
}

// reading opens the history for a command, whose answer is told as text or JSON.
func (t teller) reading(ctx context.Context, asJSON bool, ask func(*past.Past) (any, error), text func(w *tabwriter.Writer)) error {
	p, err := t.flags.look(ctx)
	if err != nil {
		return err
	}
	defer func() { _ = p.Close() }()
	answer, err := ask(p)
	if err != nil {
		return err
	}
	if asJSON {
		return json.NewEncoder(t.out).Encode(answer)
	}
	w := tabwriter.NewWriter(t.out, 0, 0, 2, ' ', 0)
	text(w)
	return w.Flush()
}

func (t teller) list() *cobra.Command {
	var q history.ScansQuery
	var asJSON bool
	c := &cobra.Command{
		Use:   "list",
		Short: "List scans, the newest first",
		Args:  cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			scans := []history.Record{}
			return t.reading(c.Context(), asJSON, func(p *past.Past) (any, error) {
				found, err := p.Scans(c.Context(), q)
				scans = append(scans, found...)
				return scans, err
			}, func(w *tabwriter.Writer) {
				fmt.Fprintln(w, "SCAN\tSTATE\tASSETS\tOUTCOMES\tFINDINGS\tSERIES")
				for _, r := range scans {
					state := string(r.State)
					if r.Pruned {
						state += ", counts alone"
					}
					fmt.Fprintf(w, "%s\t%s\t%d\t%d\t%d\t%s\n", r.ID, state, r.Assets, r.Outcomes, r.Findings, printable(r.Series))
				}
			})
		},
	}
	c.Flags().StringVar(&q.Series, "series", "", "of this series alone")
	c.Flags().IntVar(&q.Limit, "limit", 50, "no more than so many; 0: all")
	c.Flags().BoolVar(&asJSON, "json", false, "write JSON")
	return c
}

func (t teller) changes() *cobra.Command {
	var causes []string
	var asJSON bool
	c := &cobra.Command{
		Use:   "changes [SCAN]",
		Short: "Tell which verdicts are others than in the scan before, and why",
		Args:  cobra.MaximumNArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			want, err := known[cause.Cause]("--cause", causes, cause.Cause("").Values())
			if err != nil {
				return err
			}
			changes := []history.Change{}
			return t.reading(c.Context(), asJSON, func(p *past.Past) (any, error) {
				found, err := p.Changes(c.Context(), history.ChangesQuery{Scan: append(args, "last")[0], Causes: want})
				changes = append(changes, found.Rows...)
				return changes, err
			}, func(w *tabwriter.Writer) {
				for _, x := range changes {
					fmt.Fprintf(w, "%s\t%s\t%s → %s\t%s\n", printable(x.Asset.ID), x.Rule, none(string(x.Was)), none(string(x.Is)), x.Cause)
				}
			})
		},
	}
	c.Flags().StringSliceVar(&causes, "cause", nil, "of these causes alone: estate, content, declaration, rule, tool, coverage")
	c.Flags().BoolVar(&asJSON, "json", false, "write JSON")
	return c
}

func none(s string) string {
	if s == "" {
		return "none"
	}
	return s
}

// known refuses words that are none of those that a flag takes.
func known[T ~string](flag string, said, all []string) ([]T, error) {
	var out []T
	for _, s := range said {
		if !slices.Contains(all, s) {
			return nil, fmt.Errorf("%s %q: it takes %q", flag, s, all)
		}
		out = append(out, T(s))
	}
	return out, nil
}

func (t teller) findings() *cobra.Command {
	var q history.FindingsQuery
	var states []string
	var days int
	var asJSON bool
	c := &cobra.Command{
		Use:   "findings",
		Short: "List findings, the worst first",
		Args:  cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) (err error) {
			if q.States, err = known[history.Standing]("--standing", states, history.Standing("").Values()); err != nil {
				return err
			}
			if days > 0 {
				q.Changed = time.Now().AddDate(0, 0, -days)
			}
			found := []history.Known{}
			return t.reading(c.Context(), asJSON, func(p *past.Past) (any, error) {
				more, err := p.Findings(c.Context(), q)
				found = append(found, more.Rows...)
				return found, err
			}, func(w *tabwriter.Writer) {
				for _, k := range found {
					fmt.Fprintf(w, "%.12s\t%s\t%s\t%s\t%s\tsince %s\n", k.Fingerprint, k.State, k.Severity, k.Rule, printable(k.Asset.ID), k.FirstSeen.Format(time.DateOnly))
				}
			})
		},
	}
	c.Flags().StringSliceVar(&states, "standing", nil, "of these alone: open, waived, 'not seen' or fixed (default open)")
	c.Flags().StringVar(&q.Rule, "rule", "", "of this rule alone")
	c.Flags().IntVar(&days, "days", 0, "to which something happened in so many days")
	c.Flags().IntVar(&q.Limit, "limit", 1000, "no more than so many")
	c.Flags().BoolVar(&asJSON, "json", false, "write JSON")
	return c
}

func (t teller) finding() *cobra.Command {
	var asJSON bool
	c := &cobra.Command{
		Use:   "finding FINGERPRINT",
		Short: "Tell the life of a finding",
		Args:  one("a finding by its fingerprint, or the beginning of it"),
		RunE: func(c *cobra.Command, args []string) error {
			var life history.Life
			return t.reading(c.Context(), asJSON, func(p *past.Past) (_ any, err error) {
				life, err = p.Life(c.Context(), args[0], history.Bounds{})
				return life, err
			}, func(w *tabwriter.Writer) {
				fmt.Fprintf(w, "%s\n%s of %s on %s: %s\n", printable(life.Message), life.Fact, life.Rule, printable(life.Asset.ID), life.State)
				fmt.Fprintf(w, "seen first %s, last %s\n", moment(life.FirstSeen), moment(life.LastSeen))
				for _, m := range life.Moments {
					why := ""
					if m.Cause != "" {
						why = "by " + string(m.Cause)
					}
					fmt.Fprintf(w, "  %s\t%s\t%s\t%s\t%s\n", moment(m.At), m.Event, m.Severity, why, m.Scan)
				}
			})
		},
	}
	c.Flags().BoolVar(&asJSON, "json", false, "write JSON")
	return c
}

func moment(t time.Time) string {
	if t.IsZero() {
		return "never"
	}
	return t.UTC().Format("2006-01-02 15:04")
}

func (t teller) trend() *cobra.Command {
	q := history.TrendQuery{}
	var days int
	var asJSON bool
	c := &cobra.Command{
		Use:   "trend",
		Short: "Count verdicts and findings scan by scan, the oldest first",
		Args:  cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			if !slices.Contains(dimensions(), q.By) {
				return fmt.Errorf("--by %q: it takes %q", q.By, dimensions())
			}
			if days > 0 {
				q.Since = time.Now().AddDate(0, 0, -days)
			}
			points := []history.Point{}
			return t.reading(c.Context(), asJSON, func(p *past.Past) (any, error) {
				found, err := p.Trend(c.Context(), q)
				points = append(points, found...)
				return points, err
			}, func(w *tabwriter.Writer) {
				fmt.Fprintln(w, "SCAN\tKEY\tPASS\tFAIL\tUNKNOWN\tCRITICAL\tHIGH\tMEDIUM\tLOW\tWAIVED")
				for _, x := range points {
					fmt.Fprintf(w, "%s\t%s\t%d\t%d\t%d\t%d\t%d\t%d\t%d\t%d\n", x.Scan, printable(x.Key), x.Verdicts[probity.Pass], x.Verdicts[probity.Fail], x.Verdicts[probity.Unknown],
						x.Failing[probity.Critical], x.Failing[probity.High], x.Failing[probity.Medium], x.Failing[probity.Low], x.Waived)
				}
			})
		},
	}
	fs := c.Flags()
	fs.StringVar(&q.By, "by", history.ByAll, "what to count by: all, rule, framework, account, region, class")
	fs.StringVar(&q.Key, "key", "", "one of them alone: a rule's ID, aws/123456789012")
	fs.StringVar(&q.Series, "series", "", "of this series alone")
	fs.IntVar(&days, "days", 0, "of so many days; 0: all")
	fs.BoolVar(&asJSON, "json", false, "write JSON")
	return c
}

// dimensions are what trends may be counted by.
func dimensions() []string {
	return []string{history.ByAll, history.ByRule, history.ByFramework, history.ByAccount, history.ByRegion, history.ByClass}
}
