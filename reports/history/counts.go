package history

import (
	"context"

	"github.com/probity-scan/probity"
)

// Counts are outcomes and findings of a scan, or of the newest scans of several series together.
type Counts struct {
	Outcomes int64                      `json:"outcomes"`
	Verdicts map[probity.Verdict]int64  `json:"verdicts"`
	Failing  map[probity.Severity]int64 `json:"failing"`  // outcomes by their worst finding that stands
	Findings int64                      `json:"findings"` // violations, with those that are waived
	Waived   int64                      `json:"waived"`
}

func newCounts() Counts {
	return Counts{Verdicts: map[probity.Verdict]int64{}, Failing: map[probity.Severity]int64{}}
}

// tally is counts of one verdict and worst severity.
type tally struct{ verdict, severity, outcomes, findings, waived int64 }

// add counts more, or with -1 as times less.
func (c *Counts) add(t tally, times int64) {
	v := verdictOf(t.verdict)
	c.Outcomes += times * t.outcomes
	bump(c.Verdicts, v, times*t.outcomes)
	if v != probity.Fail {
		return
	}
	c.Findings += times * t.findings
	c.Waived += times * t.waived
	if t.severity > 0 {
		bump(c.Failing, severityOf(t.severity), times*t.outcomes)
	}
}

// bump counts, and keeps no zeros.
func bump[K comparable](in map[K]int64, key K, n int64) {
	if in[key] += n; in[key] == 0 {
		delete(in, key)
	}
}

// plus are counts together.
func (c *Counts) plus(o Counts) {
	c.Outcomes += o.Outcomes
	c.Findings += o.Findings
	c.Waived += o.Waived
	for k, n := range o.Verdicts {
		bump(c.Verdicts, k, n)
	}
	for k, n := range o.Failing {
		bump(c.Failing, k, n)
	}
}

func (c Counts) clone() Counts {
	out := newCounts()
	out.plus(c)
	return out
}

// askedFor is what counts are asked for: which assets, and what of what is said of them. Of the past it is a condition on glances g and
// on rows r of their profiles.
type askedFor struct {
	series  string
	view    view
	glances clause
	rules   clause
	only    map[int32]bool // rules, by number; nil: all
}

// asking turns what queries have alike into conditions. rules of a framework are those that give evidence for one of its controls.
func (l *look) asking(ctx context.Context, series, account, framework string, b Bounds) (askedFor, error) {
	var out askedFor
	v, err := l.bounded(ctx, b)
	if err != nil {
		return out, err
	}
	v.cohorts.account(account)
	out.series, out.view = series, v
	out.glances.within("g.", v)
	if series != "" {
		out.glances.and("g.series = (SELECT id FROM series WHERE name = ?)", series)
	}
	if framework != "" {
		rules, err := l.rulesOf(ctx, framework)
		if err != nil {
			return out, err
		}
		out.rules.numbers("r.rule", rules)
		out.only = map[int32]bool{}
		for _, r := range rules {
			out.only[int32(r)] = true
		}
	}
	return out, nil
}

// numbers adds that a column is one of some numbers.
func (c *clause) numbers(column string, of []int64) {
	if len(of) == 0 {
		c.and("1 = 0")
		return
	}
	c.and(column+" IN "+several(len(of)), anys(of)...)
}

// counting counts what the newest scans saw by rule.
func (l *look) counting(ctx context.Context, a askedFor, row func(rule string, t tally)) error {
	g, c, err := l.chosen(ctx, a)
	if err != nil {
		return err
	}
	n := map[alike]int64{}
	profiles := g.outcomes(c, nil, func(_ *brief, place int32) { n[alike{profile: place}]++ })
	sum(profiles, n, a.only, true, func(rule int32, t tally) { row(g.rules[rule], t) })
	return nil
}

// chosen is the gist, and which rows of it are asked for.
func (l *look) chosen(ctx context.Context, a askedFor) (*gist, choice, error) {
	g, err := l.gist(ctx)
	if err != nil {
		return nil, choice{}, err
	}
	c, err := l.choose(ctx, g, a.series, a.view)
	return g, c, err
}

// sums are what tallies are of: outcomes, findings and waived ones of profiles p, of each of which there are n.
const sums = "CAST(SUM(p.n) AS BIGINT), CAST(SUM(p.n * r.findings) AS BIGINT), CAST(SUM(p.n * r.waived) AS BIGINT)"
