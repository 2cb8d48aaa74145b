// Package explain tells how a finding of a saved scan came to be: the facts and where each is from, the rule, what is left
// open, the law that asks for it, and what mends it.
package explain

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/policies"
)

// Explanation is the whole derivation of a finding.
type Explanation struct {
	Finding  probity.Finding `json:"finding"`
	Verdict  probity.Verdict `json:"verdict"`
	Asset    Named           `json:"asset"`
	Rule     probity.Rule    `json:"rule"`
	Facts    []Fact          `json:"facts"`              // all that the rule reads
	Residual []string        `json:"residual,omitempty"` // of unknown: a violation where one of these holds
	Controls []Control       `json:"controls"`
	Fix      string          `json:"fix"`
	Patch    string          `json:"patch,omitempty"` // of Terraform code, as a unified diff
	NoPatch  string          `json:"no_patch,omitempty"`
}

// Named is an asset in short.
type Named struct {
	probity.Ref
	Kind  probity.Kind    `json:"kind"`
	Place *probity.Origin `json:"place,omitempty"`
}

// Fact is a fact of the asset, and where it is from, down to what it was derived from.
type Fact struct {
	Asset probity.Ref  `json:"asset"`
	Path  probity.Path `json:"fact"`
	Value any          `json:"value,omitempty"`
	Gap   *probity.Gap `json:"gap,omitempty"`
	From  string       `json:"from,omitempty"`
	Of    []Fact       `json:"of,omitempty"`
}

// Control is one requirement that the rule gives evidence for.
type Control struct {
	Framework string `json:"framework"`
	ID        string `json:"id"`
	Title     string `json:"title"`
}

// Finding finds the one finding whose fingerprint begins so.
func Finding(scan probity.Scan, prefix string) (probity.Outcome, probity.Finding, error) {
	var outcome probity.Outcome
	var finding probity.Finding
	n := 0
	for o, err := range scan.Outcomes {
		if err != nil {
			return outcome, finding, fmt.Errorf("reading the scan: %w", err)
		}
		for _, f := range o.Findings {
			if prefix != "" && strings.HasPrefix(f.Fingerprint, prefix) {
				outcome, finding = o, f
				n++
			}
		}
	}
	switch n {
	case 0:
		return outcome, finding, fmt.Errorf("no finding %q in this scan: fingerprints stand in its reports", prefix)
	case 1:
		return outcome, finding, nil
	}
	return outcome, finding, fmt.Errorf("%d findings begin with %q: write more of the fingerprint", n, prefix)
}

// Of explains the finding whose fingerprint begins so.
func Of(ctx context.Context, scan probity.Scan, corpus *policies.Corpus, prefix string) (Explanation, error) {
	o, f, err := Finding(scan, prefix)
	if err != nil {
		return Explanation{}, err
	}
	i := slices.IndexFunc(scan.Rules, func(r probity.Rule) bool { return r.ID == o.Rule })
	if i < 0 {
		return Explanation{}, fmt.Errorf("the scan does not hold rule %s", o.Rule)
	}
	e := Explanation{Finding: f, Verdict: o.Verdict, Asset: Named{Ref: o.Asset}, Rule: scan.Rules[i], Facts: []Fact{}, Controls: controls(scan.Rules[i], scan.Frameworks)}
	a, linked, err := Neighbourhood(scan, o.Asset)
	if errors.Is(err, errAbsent) { // the finding is on a listing
		for _, ev := range o.Evidence {
			e.Facts = append(e.Facts, factOf(ev, 0))
		}
		return e, nil
	}
	if err != nil {
		return Explanation{}, err
	}
	e.Asset = Named{Ref: a.Ref, Kind: a.Kind, Place: a.Origin}
	e.Facts = Facts(e.Rule, a)
	e.Fix = fix(e.Rule, a)
	if o.Verdict == probity.Unknown {
		e.Residual, err = corpus.Residual(ctx, o.Rule, a, linked, scan.Started)
		if errors.Is(err, policies.ErrForeign) {
			err = nil
		}
		e.Residual = weakest(e.Residual)
	}
	return e, err
}

var errAbsent = errors.New("the scan does not hold the asset")

// Neighbourhood is an asset of a scan, and what it links to.
func Neighbourhood(scan probity.Scan, ref probity.Ref) (probity.Asset, policies.Linked, error) {
	var asset probity.Asset
	found := false
	for a, err := range scan.Assets {
		if err != nil {
			return asset, nil, fmt.Errorf("reading the scan: %w", err)
		}
		if a.Ref == ref {
			asset, found = a, true
		}
	}
	if !found {
		return asset, nil, errAbsent
	}
	wanted, others := map[probity.Ref]bool{}, map[probity.Ref]probity.Asset{}
	for _, l := range asset.Links.Items {
		wanted[l.To] = true
	}
	if len(wanted) > 0 {
		for a, err := range scan.Assets {
			if err != nil {
				return asset, nil, fmt.Errorf("reading the scan: %w", err)
			}
			if wanted[a.Ref] {
				others[a.Ref] = a
			}
		}
	}
	return asset, func(r probity.Ref) (probity.Asset, bool) { a, ok := others[r]; return a, ok }, nil
}

func evidence(on probity.Ref, path probity.Path, l probity.Leaf) probity.Evidence {
	v, g := l.Value()
	e := probity.Evidence{Asset: on, Fact: path, Gap: g, Origin: l.From()}
	if b, err := json.Marshal(v); g == nil || err == nil && string(b) != "null" && string(b) != "[]" && strings.HasPrefix(string(b), "[") {
		e.Value = v
	}
	return e
}

// deepest bounds how far a derivation is followed.
const deepest = 6

func factOf(e probity.Evidence, depth int) Fact {
	f := Fact{Asset: e.Asset, Path: e.Fact, Value: e.Value, Gap: e.Gap}
	if e.Origin == nil {
		return f
	}
	own := *e.Origin
	own.Derived = nil
	f.From = own.String()
	for _, d := range e.Origin.Derived {
		if depth < deepest {
			f.Of = append(f.Of, factOf(d, depth+1))
		}
	}
	return f
}

func controls(r probity.Rule, frameworks []probity.Framework) []Control {
	out := []Control{}
	for _, f := range frameworks {
		for _, c := range f.Controls {
			if slices.Contains(c.Rules, r.ID) || slices.ContainsFunc(c.Obligations, func(o probity.Obligation) bool { return slices.Contains(r.Obligations, o) }) {
				out = append(out, Control{f.Title, c.ID, c.Title})
			}
		}
	}
	return out
}

// fix is the remedy for where the asset was read, else the one for any source, else the first.
func fix(r probity.Rule, a probity.Asset) string {
	source := "aws"
	switch {
	case a.Origin != nil && a.Origin.File != "" && strings.HasPrefix(string(a.Kind), "k8s."):
		source = "kubernetes"
	case a.Origin != nil && (strings.HasSuffix(a.Origin.File, ".yaml") || strings.HasSuffix(a.Origin.File, ".yml") || strings.HasSuffix(a.Origin.File, ".template") || strings.HasSuffix(a.Origin.File, ".template.json")):
		source = "cloudformation"
	case a.Origin != nil && a.Origin.File != "":
		source = "terraform"
	}
	for _, want := range []string{source, "any", "terraform", "aws"} {
		for _, m := range r.Remediation {
			if m.Source == want {
				return m.Text
			}
		}
	}
	if len(r.Remediation) > 0 {
		return r.Remediation[0].Text
	}
	return ""
}
