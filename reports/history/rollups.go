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

func (t *taker) rollups(ctx context.Context) error {
	for at, n := range t.counted {
		t.w.add("rollup", "version, dim, key, verdict, severity, outcomes, findings, waived", t.version, at.dim, at.key, at.verdict, at.severity, n.outcomes, n.findings, n.waived)
		if err := t.w.flushIf(ctx); err != nil {
			return err
		}
	}
	return t.w.flush(ctx)
}
