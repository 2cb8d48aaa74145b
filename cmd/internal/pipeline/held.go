package pipeline

import (
	"encoding/binary"
	"strconv"
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
type facts struct{ asset *probity.Asset }

func (f *facts) leaf(p probity.Path) (probity.Leaf, bool) { return probity.LeafAt(f.asset, p) }

// hold takes an outcome apart, and appends to key that under which its like are shared; nil: it tells more than its asset does.
func (f *facts) hold(o probity.Outcome, key []byte) (*held, []byte) {
	h := &held{verdict: o.Verdict}
	key = appendTo(key, o.Rule, string(o.Verdict))
	key = binary.AppendUvarint(key, uint64(len(o.Evidence)))
	for _, e := range o.Evidence {
		from, ok := probity.OriginAt(f.asset, e.Fact)
		if !ok && (e.Fact == "" || o.Verdict == probity.Fail) || e.Asset != f.asset.Ref || e.Origin != from || o.Verdict != probity.Fail && (e.Gap == nil || e.Value != nil) {
			return nil, key
		}
		he := heldEvidence{fact: e.Fact}
		if key = appendTo(key, string(e.Fact)); o.Verdict != probity.Fail {
			he.gap = e.Gap
			key = appendTo(key, string(e.Gap.Reason), e.Gap.Because, e.Gap.Needs)
		}
		h.evidence = append(h.evidence, he)
	}
	for _, x := range o.Findings {
		hf, ok := f.holdFinding(o.Rule, x)
		if !ok {
			return nil, key
		}
		key = strconv.AppendBool(binary.AppendUvarint(key, uint64(len(hf.because))), hf.named)
		key = appendTo(key, string(hf.fact), hf.element, hf.before, hf.after, string(hf.severity), hf.digest)
		for _, p := range hf.because {
			key = appendTo(key, string(p))
		}
		h.findings = append(h.findings, hf)
	}
	return h, key
}

// appendTo appends texts to a key so that no two lists of texts make the same.
func appendTo(key []byte, texts ...string) []byte {
	for _, t := range texts {
		key = append(binary.AppendUvarint(key, uint64(len(t))), t...)
	}
	return key
}

func (f *facts) holdFinding(rule string, x probity.Finding) (heldFinding, bool) {
	h := heldFinding{fact: x.Fact, element: x.Element, before: x.Message, severity: x.Risk.Severity, digest: x.Digest}
	if x.Place != nil || x.Waiver != nil || x.State != "" || x.Later || x.Asset != f.asset.Ref || x.Fingerprint != probity.Fingerprint(rule, x.Asset, x.Fact, x.Element) {
		return h, false
	}
	for _, b := range x.Risk.Because {
		from, ok := probity.OriginAt(f.asset, b.Fact)
		if !ok || b.Asset != f.asset.Ref || b.Origin != from {
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
	if len(h.evidence) > 0 {
		o.Evidence = make([]probity.Evidence, len(h.evidence))
	}
	for i, e := range h.evidence {
		if h.verdict == probity.Fail {
			if l, ok := f.leaf(e.fact); ok {
				o.Evidence[i] = policies.Evidence(f.asset.Ref, e.fact, l)
			}
			continue
		}
		from, _ := probity.OriginAt(f.asset, e.fact)
		o.Evidence[i] = probity.Evidence{Asset: f.asset.Ref, Fact: e.fact, Gap: e.gap, Origin: from}
	}
	if len(h.findings) > 0 {
		o.Findings = make([]probity.Finding, len(h.findings))
	}
	for i, x := range h.findings {
		o.Findings[i] = f.finding(rule, x)
	}
	return o
}

func (f *facts) finding(rule string, x heldFinding) probity.Finding {
	y := probity.Finding{Fingerprint: probity.Fingerprint(rule, f.asset.Ref, x.fact, x.element), Asset: f.asset.Ref, Fact: x.fact, Element: x.element,
		Message: x.before, Digest: x.digest, Risk: probity.Risk{Severity: x.severity}}
	if x.named {
		y.Message = x.before + f.asset.Name + x.after
	}
	for _, p := range x.because {
		if l, ok := f.leaf(p); ok {
			v, g := l.Value()
			y.Risk.Because = append(y.Risk.Because, probity.Evidence{Asset: f.asset.Ref, Fact: p, Value: policies.Shown(v), Gap: g, Origin: l.From()})
		}
	}
	return y
}
