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

// asked is what counts are asked for: which glances g, and which rows r of their profiles.
type askedFor struct {
	glances clause
	rules   clause
}

// asking turns what queries have alike into conditions. rules of a framework are those that give evidence for one of its controls.
func (l *look) asking(ctx context.Context, series, account, framework string, b Bounds) (askedFor, error) {
	var out askedFor
	v, err := l.bounded(ctx, b)
	if err != nil {
		return out, err
	}
	v.cohorts.account(account)
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

// counting counts what the newest scans saw, by one column more of glances or of rules; "" for none. The join is on profiles, of which
// there are few, not on a million outcomes.
func (l *look) counting(ctx context.Context, by string, a askedFor, row func(key string, t tally)) error {
	g := a.glances
	l.holds(&g, "g")
	g.and("g.seen = 1")
	outer, inner, group := "''", "", ""
	switch by {
	case "account":
		outer, inner, group = "c.provider || '/' || c.account", "g.cohort, ", "c.provider || '/' || c.account, "
	case "rule":
		outer, group = "(SELECT name FROM rule WHERE id = r.rule)", "r.rule, "
	}
	join := ""
	if by == "account" {
		join = " JOIN cohort c ON c.id = p.cohort"
	}
	query := "SELECT " + outer + ", r.verdict, r.severity, " + sums + " FROM (SELECT " + inner + "g.profile, COUNT(*) AS n FROM glance g WHERE " + g.text() + " GROUP BY " + inner + "g.profile) p" +
		join + " JOIN profile_rule r ON r.profile = p.profile WHERE " + a.rules.text() + " GROUP BY " + group + "r.verdict, r.severity"
	return l.each(ctx, query, append(append([]any{}, g.args...), a.rules.args...), func(scan func(...any) error) error {
		var key string
		var t tally
		if err := scan(&key, &t.verdict, &t.severity, &t.outcomes, &t.findings, &t.waived); err != nil {
			return err
		}
		row(key, t)
		return nil
	})
}

// sums are what tallies are of: outcomes, findings and waived ones of profiles p, of each of which there are n.
const sums = "CAST(SUM(p.n) AS BIGINT), CAST(SUM(p.n * r.findings) AS BIGINT), CAST(SUM(p.n * r.waived) AS BIGINT)"
