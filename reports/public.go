package reports

import (
	"cmp"
	"slices"
	"strings"

	"github.com/probity-scan/probity"
)

// hiddenRule stands for every rule whose name would tell what sort of personal data was found.
const hiddenRule = "personal-data"

// hiddenFact stands for whatever fact such a finding speaks of.
const hiddenFact probity.Path = "labels"

// Public is the scan as everybody who reads a repository may read it: it says that there is personal data, never of which
// category, in which column or by which detector it was found. Formats whose texts land in pull requests are given this view.
//
// Outcomes that rest on labels lose message, element, evidence, waiver's reason and fingerprint (all of them can be tried out),
// and unless their rule speaks of personal data in general, the rule too. Those of one asset become one.
func Public(scan probity.Scan) probity.Scan {
	v := publicView{rules: map[string]probity.Rule{}}
	kept := []probity.Rule{}
	for _, r := range scan.Rules {
		v.rules[r.ID] = r
		if r.General || !readsLabels(r) {
			kept = append(kept, r)
		}
	}
	scan.Rules = append(kept, collective())
	scan.Base, scan.Notices = v.base(scan.Base), v.notices(scan.Notices)
	assets, outcomes := scan.Assets, scan.Outcomes
	scan.Assets = func(yield func(probity.Asset, error) bool) {
		for a, err := range each(assets) {
			a.Labels.Items, a.Rejected = nil, nil
			if !yield(a, err) {
				return
			}
		}
	}
	scan.Outcomes = func(yield func(probity.Outcome, error) bool) {
		var of []probity.Outcome // one asset's
		for o, err := range each(outcomes) {
			if err != nil {
				yield(o, err)
				return
			}
			if len(of) > 0 && of[0].Asset != o.Asset {
				if !give(v.asset(of), yield) {
					return
				}
				of = of[:0]
			}
			of = append(of, o)
		}
		give(v.asset(of), yield)
	}
	return scan
}

func give(of []probity.Outcome, yield func(probity.Outcome, error) bool) bool {
	for _, o := range of {
		if !yield(o, nil) {
			return false
		}
	}
	return true
}

func collective() probity.Rule {
	return probity.Rule{ID: hiddenRule, Title: "Personal data is kept as the rules on it ask", Severity: probity.High, Behaviour: 1,
		Description: "Rules that speak of sorts of personal data are told as one here, since every reader of the repository reads this. " +
			"The scan file names them."}
}

// readsLabels reports whether what is inside a store can move the rule.
func readsLabels(r probity.Rule) bool {
	return r.ID == "" || slices.ContainsFunc(r.Reads, func(p probity.Path) bool { return p == "" || p == "links" || onLabels(p) })
}

// onLabels reports whether the fact is a label, of the asset or of a linked one.
func onLabels(p probity.Path) bool {
	return slices.Contains(strings.FieldsFunc(string(p), func(r rune) bool { return r == '.' || r == '[' || r == ']' }), "labels")
}

type publicView struct{ rules map[string]probity.Rule }

// bare reports whether nothing of the outcome rests on labels.
func (v publicView) bare(rule string, evidence []probity.Evidence, findings ...probity.Finding) bool {
	return !readsLabels(v.rules[rule]) &&
		!slices.ContainsFunc(evidence, func(e probity.Evidence) bool { return onLabels(e.Fact) }) &&
		!slices.ContainsFunc(findings, func(f probity.Finding) bool { return onLabels(f.Fact) })
}

// asset rewrites the outcomes of one asset, which come sorted by rule.
func (v publicView) asset(of []probity.Outcome) []probity.Outcome {
	var out []probity.Outcome
	for _, o := range of {
		if v.bare(o.Rule, o.Evidence, o.Findings...) {
			out = append(out, unmoved(o))
			continue
		}
		rule := v.told(o.Rule)
		at := slices.IndexFunc(out, func(x probity.Outcome) bool { return x.Rule == rule && x.Verdict == o.Verdict })
		if at < 0 {
			out = append(out, probity.Outcome{Rule: rule, Asset: o.Asset, Verdict: o.Verdict})
			at = len(out) - 1
		}
		v.merge(&out[at], o)
	}
	slices.SortStableFunc(out, func(a, b probity.Outcome) int { return cmp.Compare(a.Rule, b.Rule) })
	return out
}

// told is the rule under which an outcome on labels is told.
func (v publicView) told(rule string) string {
	if v.rules[rule].General {
		return rule
	}
	return hiddenRule
}

// merge adds what may be told of an outcome to the one that stands for it and others.
func (v publicView) merge(to *probity.Outcome, o probity.Outcome) {
	for _, e := range o.Evidence {
		if e.Gap == nil {
			continue
		}
		if onLabels(e.Fact) {
			e.Fact = hiddenFact
		}
		e.Value, e.Origin = nil, nil
		if !slices.ContainsFunc(to.Evidence, func(x probity.Evidence) bool { return x.Asset == e.Asset && x.Fact == e.Fact && *x.Gap == *e.Gap }) {
			to.Evidence = append(to.Evidence, e)
		}
	}
	for _, f := range o.Findings {
		f = v.finding(to.Rule, o.Verdict, f)
		at := slices.IndexFunc(to.Findings, func(x probity.Finding) bool { return x.Fingerprint == f.Fingerprint })
		if at < 0 {
			to.Findings = append(to.Findings, f)
			continue
		}
		if to.Findings[at] = joined(to.Findings[at], f); o.Verdict == probity.Fail && to.Rule == hiddenRule {
			to.Findings[at].Message = f.Asset.ID + " does not keep rules on personal data; the scan file names them"
		}
	}
}

// joined is the worse of two findings, as new as the newer one.
func joined(a, b probity.Finding) probity.Finding {
	state, later := a.State, a.Later && b.Later
	if b.State == probity.New {
		state = b.State
	}
	if worse(b.Risk.Severity, a.Risk.Severity) < 0 {
		a = b
	}
	a.State, a.Later = state, later
	return a
}

// finding keeps of a finding on labels where it is and how bad.
func (v publicView) finding(rule string, verdict probity.Verdict, f probity.Finding) probity.Finding {
	out := probity.Finding{Asset: f.Asset, Risk: probity.Risk{Severity: f.Risk.Severity}, State: f.State, Later: f.Later, Fact: hiddenFact}
	if p, ok := f.Place.Source(); ok {
		out.Place = &p
	}
	which := string(verdict)
	if f.Waiver != nil {
		which = "waived"
		out.Waiver = &probity.Waiver{Kind: f.Waiver.Kind, Rule: rule, Asset: f.Asset.ID, Owner: f.Waiver.Owner, Approver: f.Waiver.Approver,
			Until: f.Waiver.Until, Proposed: f.Waiver.Proposed, Reason: "told in the scan file"}
		if f.Waiver.Proposed {
			which = "proposed"
		}
	}
	out.Fingerprint = probity.Fingerprint(rule, f.Asset, hiddenFact, which)
	switch {
	case verdict == probity.Unknown:
		out.Message = "unknown: what is inside " + f.Asset.ID + ", or what guards it, is not known well enough"
	case rule == hiddenRule:
		out.Message = f.Asset.ID + " does not keep a rule on personal data; the scan file names it"
	default:
		out.Message = f.Asset.ID + " does not keep the rule: " + v.rules[rule].Title
	}
	return out
}

// unmoved leaves out why a severity is what it is: what is inside may have raised it.
func unmoved(o probity.Outcome) probity.Outcome {
	o.Findings = slices.Clone(o.Findings)
	for i := range o.Findings {
		o.Findings[i].Risk.Because, o.Findings[i].Digest = nil, ""
	}
	return o
}

// base rewrites what is there no more.
func (v publicView) base(b *probity.Base) *probity.Base {
	if b == nil {
		return nil
	}
	out := &probity.Base{Name: b.Name}
	for _, g := range b.Absent {
		if v.bare(g.Rule, nil, g.Finding) {
			g.Risk.Because, g.Digest = nil, ""
		} else {
			rule := v.told(g.Rule)
			g = probity.Gone{Rule: rule, Finding: v.finding(rule, probity.Fail, g.Finding)}
		}
		if !slices.ContainsFunc(out.Absent, func(x probity.Gone) bool { return x.Fingerprint == g.Fingerprint }) {
			out.Absent = append(out.Absent, g)
		}
	}
	return out
}

// notices leaves out of what rules the waivers are whose names would tell.
func (v publicView) notices(all []probity.Notice) []probity.Notice {
	var out []probity.Notice
	for _, n := range all {
		if n.Kind == probity.Reviewed {
			n = probity.Notice{Kind: n.Kind, Origin: n.Origin, Text: "what a person said of a label does not hold any more, or met none; the scan file names it"}
		} else if r := v.rules[n.Rule]; n.Rule != "" && readsLabels(r) && !r.General {
			n = probity.Notice{Kind: n.Kind, Rule: hiddenRule, Origin: n.Origin, Text: "an entry on a rule on personal data is " + string(n.Kind) + "; the scan file names it"}
		}
		out = append(out, n)
	}
	return out
}
