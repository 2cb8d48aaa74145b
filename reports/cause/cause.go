// Package cause says why a verdict is another than in an earlier scan: who is told of it, and how loudly, depends on that.
package cause

import (
	"maps"
	"slices"
	"strings"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/reports/gate"
)

// Cause is why a verdict changed.
type Cause string

// The causes. Estate and Content are what people changed; the others are of how it is looked at.
const (
	Estate      Cause = "estate"      // stores, and how they are set up
	Content     Cause = "content"     // what is in them
	Declaration Cause = "declaration" // what people said in probity.yaml
	Rule        Cause = "rule"        // rules, and which were asked
	Tool        Cause = "tool"        // another Probity sees more, or less
	Coverage    Cause = "coverage"    // what could be read, and what was asked to be read
)

// Values lists the causes.
func (Cause) Values() []string {
	return []string{string(Estate), string(Content), string(Declaration), string(Rule), string(Tool), string(Coverage)}
}

// Side is one of the two scans that are compared.
type Side struct {
	Tool   string
	Inputs map[string]string // digests
	Rules  map[string]probity.Rule
	Listed gate.Listings
	Asset  func(probity.Ref) (*probity.Asset, error) // nil: it is not in the scan
}

// SideOf is a scan's, whose assets are found by a function.
func SideOf(scan probity.Scan, asset func(probity.Ref) (*probity.Asset, error)) (Side, error) {
	l, err := gate.ListingsOf(scan)
	s := Side{Tool: scan.Tool, Inputs: scan.Inputs, Rules: map[string]probity.Rule{}, Listed: l, Asset: asset}
	for _, r := range scan.Rules {
		s.Rules[r.ID] = r
	}
	return s, err
}

// Change is a verdict that is another now; nil where there was, or is, none.
type Change struct {
	Rule  string
	Asset probity.Ref
	Was   *probity.Outcome
	Is    *probity.Outcome
}

// Of is the cause of a change. What is known on both sides and differs goes before what is known on one side only, and facts go
// before rules: where both changed, the estate's part is the one that somebody may have to mend.
func Of(was, is Side, c Change) (Cause, error) {
	before, err := was.Asset(c.Asset)
	if err != nil {
		return "", err
	}
	now, err := is.Asset(c.Asset)
	if err != nil {
		return "", err
	}
	if before == nil || now == nil {
		if cause := arrived(was, is, c, before, now); cause != "" {
			return cause, nil
		}
	}
	rule, known := is.Rules[c.Rule], true
	if rule.ID == "" {
		rule, known = was.Rules[c.Rule], false
	}
	if !known || was.Rules[c.Rule].ID == "" {
		return Rule, nil
	}
	found := map[Cause]bool{}
	compare(before, now, rule.Reads, found)
	for _, ref := range others(c) {
		b, err := was.Asset(ref)
		if err != nil {
			return "", err
		}
		n, err := is.Asset(ref)
		if err != nil {
			return "", err
		}
		compare(b, n, nil, found)
	}
	return decide(was, is, rule, found), nil
}

// decide weighs what was found to differ.
func decide(was, is Side, rule probity.Rule, found map[Cause]bool) Cause {
	for _, c := range []Cause{Estate, Content, Declaration, Coverage} {
		if found[c] {
			return c
		}
	}
	switch {
	case was.Rules[rule.ID].Behaviour != rule.Behaviour:
		return Rule
	case was.Tool != is.Tool:
		return Tool
	case was.Inputs["parameters"] != is.Inputs["parameters"], !maps.Equal(configuration(was.Inputs), configuration(is.Inputs)):
		return Declaration
	case was.Inputs["rules"] != is.Inputs["rules"]:
		return Rule
	case found[Tool]: // asked for by other rules, with the same tool
		return Coverage
	}
	return Estate // time went by: a key grew old, a waiver's day came
}

// configuration are the digests of files of configuration.
func configuration(inputs map[string]string) map[string]string {
	out := maps.Clone(inputs)
	maps.DeleteFunc(out, func(k, _ string) bool { return !strings.HasPrefix(k, "configuration ") })
	return out
}

// arrived is the cause where an asset is on one side only: its own coming or going, or that nobody could see it.
func arrived(was, is Side, c Change, before, now *probity.Asset) Cause {
	seen, other, a := now, was, now
	if now == nil {
		seen, other = before, is
		a = before
	}
	if seen == nil {
		return "" // what is judged is a listing: the verdict is of who could list
	}
	switch {
	case other.Listed.Whole(c.Asset, a.Kind, a.Scope):
		return Estate
	case !other.Listed.Asked(c.Asset, a.Kind, a.Scope) && was.Tool != is.Tool:
		return Tool
	}
	return Coverage
}

// others are assets besides the judged one whose facts the verdicts rest on.
func others(c Change) []probity.Ref {
	var out []probity.Ref
	for _, o := range []*probity.Outcome{c.Was, c.Is} {
		if o == nil {
			continue
		}
		for _, e := range o.Evidence {
			if e.Asset != c.Asset && e.Asset != (probity.Ref{}) && !slices.Contains(out, e.Asset) {
				out = append(out, e.Asset)
			}
		}
	}
	return out
}
