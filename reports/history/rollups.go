package history

import (
	"context"

	"github.com/probity-scan/probity"
)

// The dimensions in which a scan's outcomes are counted, so that pages of an estate need not count rows.
const (
	ByAll       = "all"
	ByRule      = "rule"
	ByFramework = "framework"
	ByAccount   = "account" // provider/account
	ByRegion    = "region"  // provider/account/region
	ByClass     = "class"
)

// counted are counts of a scan by dimension, key, verdict and worst severity that stands.
type counted map[cell]*count

type cell struct {
	dim, key          string
	verdict, severity int64
}

type count struct{ outcomes, findings, waived int64 }

// add counts an asset's outcomes.
func (c counted) add(t *taker, a *probity.Asset, outcomes []probity.Outcome) {
	var scope probity.Scope
	class := ""
	if a != nil {
		scope, class = a.Scope, string(a.Class)
	}
	account := scope.Provider + "/" + scope.Account
	for _, o := range outcomes {
		severity, findings, waived := weight(o)
		v := code(o.Verdict)
		put := func(dim, key string) {
			at := cell{dim, key, v, severity}
			n := c[at]
			if n == nil {
				n = &count{}
				c[at] = n
			}
			n.outcomes++
			n.findings += findings
			n.waived += waived
		}
		put(ByAll, "")
		put(ByRule, o.Rule)
		if scope != (probity.Scope{}) {
			put(ByAccount, account)
			put(ByRegion, account+"/"+scope.Region)
		}
		if class != "" {
			put(ByClass, class)
		}
		for _, f := range t.frameworks(o.Rule) {
			put(ByFramework, f)
		}
	}
}

// frameworks are those for whose controls a rule gives evidence.
func (t *taker) frameworks(rule string) []string {
	if out, ok := t.serves[rule]; ok {
		return out
	}
	var out []string
	r, ok := t.is.Rules[rule]
	for _, f := range t.scan.Frameworks {
		for _, c := range f.Controls {
			if ok && r.Serves(c) {
				out = append(out, f.ID)
				break
			}
		}
	}
	t.serves[rule] = out
	return out
}

// rollups writes the counts that are others than in the scan before.
func (t *taker) rollups(ctx context.Context) error {
	before := counted{}
	err := t.s.each(ctx, t.s.read, "SELECT dim, key, verdict, severity, outcomes, findings, waived FROM rollup WHERE until IS NULL AND series = ?", []any{t.series}, func(scan func(...any) error) error {
		var at cell
		n := &count{}
		err := scan(&at.dim, &at.key, &at.verdict, &at.severity, &n.outcomes, &n.findings, &n.waived)
		before[at] = n
		return err
	})
	if err != nil {
		return err
	}
	end := func(at cell) {
		t.w.end("UPDATE rollup SET until = ? WHERE until IS NULL AND dim = ? AND series = ? AND key = ? AND verdict = ? AND severity = ?", at.dim, t.series, at.key, at.verdict, at.severity)
	}
	for at, n := range t.counted {
		was := before[at]
		delete(before, at)
		if was != nil {
			if *was == *n {
				continue
			}
			end(at)
		}
		t.w.add("rollup", "series, dim, key, verdict, severity, since, outcomes, findings, waived", t.series, at.dim, at.key, at.verdict, at.severity, t.version, n.outcomes, n.findings, n.waived)
		if err := t.w.flushIf(ctx); err != nil {
			return err
		}
	}
	for at := range before {
		end(at)
	}
	return t.w.flush(ctx)
}
