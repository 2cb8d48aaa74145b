package gate

import (
	"iter"
	"slices"

	"github.com/probity-scan/probity"
)

// judge knows what is needed to tell of one outcome after another.
type judge struct {
	o          Options
	rules      map[string]probity.Rule
	thresholds map[string]probity.Severity
	later      map[string]bool
	claims     *claims
	former     map[probity.Ref][]probity.Ref
	baseline   map[string]Entry
	compared   *Comparison
	keep       bool // states that the scan bears already stay
	relative   bool // findings are told apart into new ones and others
}

func newJudge(scan probity.Scan, o Options) (*judge, error) {
	j := &judge{o: o, rules: map[string]probity.Rule{}, thresholds: thresholds(scan.Header, o.Thresholds), later: map[string]bool{},
		baseline: map[string]Entry{}, keep: (o.Base == nil || o.Base.Judged) && o.Baseline == nil}
	j.relative = !o.Audit && (!j.keep || scan.Base != nil)
	for _, r := range scan.Rules {
		j.rules[r.ID] = r
		j.later[r.ID] = o.AsOf != "" && (After(r.Since, o.AsOf) || After(r.Changed, o.AsOf))
	}
	var err error
	if j.former, err = formerNames(scan); err != nil {
		return nil, err
	}
	ignores := map[probity.Ref][]probity.Ignore{}
	var refs []probity.Ref
	for a, err := range each(scan.Assets) {
		if err != nil {
			return nil, err
		}
		if len(a.Ignores) > 0 {
			ignores[a.Ref], refs = a.Ignores, append(refs, a.Ref)
		}
	}
	if o.Baseline != nil {
		for _, e := range o.Baseline.Entries {
			j.baseline[e.Fingerprint] = e
		}
	}
	if o.Base != nil && !o.Base.Judged {
		if j.compared, err = Compare(o.Base.Scan, scan); err != nil {
			return nil, err
		}
		if o.Base.Writes != nil {
			if err := j.compared.writes(scan, o.Base.Writes); err != nil {
				return nil, err
			}
		}
	}
	j.claims = newClaims(claimsOf(o, ignores, refs, j.compared))
	return j, nil
}

// judged reports whether the scan says itself how it compares with the base.
func (j *judge) judged() bool { return j.o.Base != nil && j.o.Base.Judged }

func (j *judge) names(r probity.Ref) []probity.Ref { return append([]probity.Ref{r}, j.former[r]...) }

// outcomes are the scan's, each finding with what lets it be.
func (j *judge) outcomes(of iter.Seq2[probity.Outcome, error]) iter.Seq2[probity.Outcome, error] {
	return func(yield func(probity.Outcome, error) bool) {
		for o, err := range each(of) {
			if err == nil && len(o.Findings) > 0 {
				o.Findings = j.findings(o)
			}
			if !yield(o, err) || err != nil {
				return
			}
		}
	}
}

// findings are those of an outcome with what lets them be; the same slice where nothing does, as for most.
func (j *judge) findings(o probity.Outcome) []probity.Finding {
	out, own := o.Findings, false
	for i, f := range o.Findings {
		g, _ := j.finding(o, f)
		if g.Waiver == f.Waiver && g.Later == f.Later && g.State == f.State {
			continue
		}
		if !own {
			out, own = slices.Clone(out), true
		}
		out[i] = g
	}
	return out
}

// finding says what lets a finding be. It is the same for a finding that has been judged before.
func (j *judge) finding(o probity.Outcome, f probity.Finding) (probity.Finding, verdict) {
	state, was := f.State, f.Waiver
	f.Waiver, f.Later, f.State = nil, false, ""
	if j.o.Audit {
		return f, verdict{at: -1}
	}
	v := j.excuse(j.ruleOf(o.Rule), f, was)
	f.Waiver, f.Later = v.waiver, j.later[o.Rule]
	if f.State = j.state(o, f, v); j.keep || state == probity.Unchanged && j.judged() {
		f.State = state
	}
	return f, v
}

func (j *judge) ruleOf(id string) probity.Rule {
	r := j.rules[id]
	r.ID = id
	return r
}

// state is what the base and the baseline know of a finding. One whose waiver lapsed fails as soon as the asset is touched.
func (j *judge) state(o probity.Outcome, f probity.Finding, v verdict) probity.State {
	switch {
	case j.o.Base == nil && j.o.Baseline == nil:
		return ""
	case j.inBaseline(o.Rule, f):
		return probity.Unchanged
	case j.compared != nil && j.compared.Of(o.Rule, o.Verdict, f) == Same && (v.lapse == "" || j.compared.same[f.Asset]):
		return probity.Unchanged
	}
	return probity.New
}

func (j *judge) inBaseline(rule string, f probity.Finding) bool {
	if j.o.Baseline == nil || !j.o.Baseline.Central && !within(j.o.Limits.InRepository, f.Risk.Severity) {
		return false
	}
	e, ok := j.entry(rule, f)
	return ok && against(e.finding(), f) == Same
}

func (j *judge) entry(rule string, f probity.Finding) (Entry, bool) {
	if e, ok := j.baseline[f.Fingerprint]; ok {
		return e, true
	}
	for _, id := range append([]string{rule}, j.ruleOf(rule).Aliases...) {
		for _, r := range append([]probity.Ref{f.Asset}, j.former[f.Asset]...) {
			if e, ok := j.baseline[probity.Fingerprint(id, r, f.Fact, f.Element)]; ok {
				return e, true
			}
		}
	}
	return Entry{}, false
}

// reasons are those of an unknown outcome's gaps that fail.
func reasons(o probity.Outcome, asked []probity.Reason) []probity.Reason {
	var out []probity.Reason
	for _, e := range o.Evidence {
		if e.Gap != nil && slices.Contains(asked, e.Gap.Reason) && !slices.Contains(out, e.Gap.Reason) {
			out = append(out, e.Gap.Reason)
		}
	}
	return out
}
