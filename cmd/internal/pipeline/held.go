package pipeline

import (
	"fmt"
	"strings"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/policies"
)

// held is an outcome without what its asset tells: thousands of stores that are set alike share one.
type held struct {
	verdict  probity.Verdict
	evidence []heldEvidence
	findings []heldFinding
}

// heldEvidence is a fact of the asset. Of a failure it tells what it was; of another verdict a gap that decides.
type heldEvidence struct {
	fact probity.Path
	gap  *probity.Gap
}

type heldFinding struct {
	fact          probity.Path
	element       string
	before, after string // the message around the asset's name
	named         bool
	severity      probity.Severity
	because       []probity.Path
	digest        string
}

// facts are the facts of one asset by name.
type facts struct {
	asset  probity.Asset
	leaves map[probity.Path]probity.Leaf
}

func factsOf(a probity.Asset) *facts {
	f := &facts{asset: a, leaves: map[probity.Path]probity.Leaf{}}
	for p, l := range probity.Leaves(a) {
		f.leaves[p] = l
	}
	return f
}

// hold takes an outcome apart, and gives the key under which its like are shared; nil: it tells more than its asset does.
func (f *facts) hold(o probity.Outcome) (*held, string) {
	h, key := &held{verdict: o.Verdict}, strings.Builder{}
	fmt.Fprintf(&key, "%s\x00%s", o.Rule, o.Verdict)
	for _, e := range o.Evidence {
		l, ok := f.leaves[e.Fact]
		if !ok || e.Asset != f.asset.Ref || e.Origin != l.From() || o.Verdict != probity.Fail && (e.Gap == nil || e.Value != nil) {
			return nil, ""
		}
		he := heldEvidence{fact: e.Fact}
		if fmt.Fprintf(&key, "\x00%s", e.Fact); o.Verdict != probity.Fail {
			he.gap = e.Gap
			fmt.Fprintf(&key, "\x00%s\x00%s\x00%s", e.Gap.Reason, e.Gap.Because, e.Gap.Needs)
		}
		h.evidence = append(h.evidence, he)
	}
	for _, x := range o.Findings {
		hf, ok := f.holdFinding(o.Rule, x)
		if !ok {
			return nil, ""
		}
		fmt.Fprintf(&key, "\x01%s\x00%s\x00%s\x00%s\x00%t\x00%s\x00%q\x00%s", hf.fact, hf.element, hf.before, hf.after, hf.named, hf.severity, hf.because, hf.digest)
		h.findings = append(h.findings, hf)
	}
	return h, key.String()
}

func (f *facts) holdFinding(rule string, x probity.Finding) (heldFinding, bool) {
	h := heldFinding{fact: x.Fact, element: x.Element, before: x.Message, severity: x.Risk.Severity, digest: x.Digest}
	if x.Place != nil || x.Waiver != nil || x.State != "" || x.Later || x.Asset != f.asset.Ref || x.Fingerprint != probity.Fingerprint(rule, x.Asset, x.Fact, x.Element) {
		return h, false
	}
	for _, b := range x.Risk.Because {
		l, ok := f.leaves[b.Fact]
		if !ok || b.Asset != f.asset.Ref || b.Origin != l.From() {
			return h, false
		}
		h.because = append(h.because, b.Fact)
	}
	if before, after, ok := strings.Cut(x.Message, f.asset.Name); ok && f.asset.Name != "" {
		h.before, h.after, h.named = before, after, true
	}
	return h, true
}

// tell puts an outcome together again.
func (f *facts) tell(rule string, h *held) probity.Outcome {
	o := probity.Outcome{Rule: rule, Asset: f.asset.Ref, Verdict: h.verdict}
	for _, e := range h.evidence {
		if h.verdict == probity.Fail {
			o.Evidence = append(o.Evidence, policies.Evidence(f.asset.Ref, e.fact, f.leaves[e.fact]))
			continue
		}
		o.Evidence = append(o.Evidence, probity.Evidence{Asset: f.asset.Ref, Fact: e.fact, Gap: e.gap, Origin: f.leaves[e.fact].From()})
	}
	for _, x := range h.findings {
		y := probity.Finding{Fingerprint: probity.Fingerprint(rule, f.asset.Ref, x.fact, x.element), Asset: f.asset.Ref, Fact: x.fact, Element: x.element,
			Message: x.before, Digest: x.digest, Risk: probity.Risk{Severity: x.severity}}
		if x.named {
			y.Message = x.before + f.asset.Name + x.after
		}
		for _, p := range x.because {
			l := f.leaves[p]
			v, g := l.Value()
			y.Risk.Because = append(y.Risk.Because, probity.Evidence{Asset: f.asset.Ref, Fact: p, Value: policies.Shown(v), Gap: g, Origin: l.From()})
		}
		o.Findings = append(o.Findings, y)
	}
	return o
}
