package historytest

import (
	"iter"
	"slices"
	"time"

	"github.com/probity-scan/probity"
)

// The rules that judge estates of tests.
const (
	public  = "not-public"
	holding = "no-personal-data"
	owned   = "has-owner"
)

// estate is what a scan finds, and what it is asked.
type estate struct {
	series   string
	tool     string
	rules    []probity.Rule
	inputs   map[string]string
	assets   map[string]*probity.Asset
	coverage []probity.Coverage
	trouble  []probity.Trouble
	waived   map[string]*probity.Waiver // by ID of the asset
	renamed  map[string]string          // rules by what they are called
	flipped  string                     // a rule that says the contrary of what it said
	elements bool                       // what an asset holds is a finding for each label
}

const kind probity.Kind = "aws.s3.bucket"

func newEstate() estate {
	all := []probity.Class{probity.Bucket, probity.Snapshot}
	return estate{tool: "probity 1.0.0", inputs: map[string]string{"rules": "r1"}, assets: map[string]*probity.Asset{}, waived: map[string]*probity.Waiver{},
		rules: []probity.Rule{{ID: owned, Behaviour: 1, Classes: all, Reads: []probity.Path{"owner"}, Obligations: []probity.Obligation{"accountability"}},
			{ID: holding, Behaviour: 1, Classes: all, Reads: []probity.Path{"labels"}, Obligations: []probity.Obligation{"minimisation"}},
			{ID: public, Behaviour: 1, Classes: all, Reads: []probity.Path{"exposure.public"}, Obligations: []probity.Obligation{"access-control"}}},
		coverage: []probity.Coverage{{Supply: listing()}}}
}

func listing() probity.Supply {
	return probity.Supply{Kind: kind, Scope: probity.Scope{Provider: "aws", Account: "1"}, On: probity.Ref{ID: "aws://1"}}
}

func id(name string) string { return "arn:aws:s3:::" + name }

// bucket adds one that nobody reaches, that holds nothing, and that has an owner.
func (e *estate) bucket(name string) *probity.Asset {
	a := &probity.Asset{Ref: probity.Ref{ID: id(name)}, Name: name, Kind: kind, Class: probity.Bucket, Scope: probity.Scope{Provider: "aws", Account: "1", Region: "eu-west-1"}}
	a.Exposure.Public, a.Owner, a.Labels = known(false), probity.Known("team", nil), probity.Whole[probity.Label](nil)
	e.assets[a.ID] = a
	return a
}

func known(v bool) probity.Fact[bool] {
	return probity.Known(v, &probity.Origin{Call: "s3:GetBucketPolicy"})
}

func label(on string) probity.Label {
	return probity.Label{Detector: "email", Category: probity.Contact, On: on, Found: 3, Protection: probity.Clear, Confidence: 1}
}

// scan judges the estate.
func (e *estate) scan(now time.Time) probity.Scan {
	var assets []probity.Asset
	for _, a := range e.assets {
		x := *a
		// A live source tells times anew.
		if v, ok := x.Exposure.Public.Get(); ok {
			x.Exposure.Public = probity.Known(v, &probity.Origin{Call: "s3:GetBucketPolicy", At: now})
		}
		assets = append(assets, x)
	}
	slices.SortFunc(assets, func(a, b probity.Asset) int { return a.Compare(b.Ref) })
	var outcomes []probity.Outcome
	for _, a := range assets {
		for _, r := range e.rules {
			outcomes = append(outcomes, e.judge(r.ID, a))
		}
	}
	return probity.Scan{
		Header: probity.Header{Format: probity.Format, Tool: e.tool, Started: now, Targets: []string{"aws:"}, Inputs: e.inputs, Rules: slices.Clone(e.rules), Trouble: e.trouble,
			Frameworks: []probity.Framework{{ID: "gdpr", Controls: []probity.Control{{ID: "32", Obligations: []probity.Obligation{"access-control"}}}}}},
		Coverage: sequence(slices.Clone(e.coverage)), Assets: sequence(assets), Outcomes: sequence(outcomes),
	}
}

func sequence[T any](of []T) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		for _, v := range of {
			if !yield(v, nil) {
				return
			}
		}
	}
}

// judge asks one of the rules.
func (e *estate) judge(rule string, a probity.Asset) probity.Outcome {
	o := probity.Outcome{Rule: rule, Asset: a.Ref, Verdict: probity.Pass}
	var fact probity.Path
	var gap *probity.Gap
	var bad bool
	severity := probity.High
	ask := rule
	if r, ok := e.renamed[rule]; ok {
		ask = r
	}
	switch ask {
	case public:
		fact = "exposure.public"
		var v any
		v, gap = a.Exposure.Public.Value()
		bad = gap == nil && v.(bool)
	case owned:
		fact, severity = "owner", probity.Low
		var v any
		v, gap = a.Owner.Value()
		bad = gap == nil && v.(string) == ""
	case holding:
		fact, severity = "labels", probity.Medium
		_, gap = a.Labels.Value()
		bad = len(a.Labels.Items) > 0
	}
	if rule == e.flipped {
		bad = gap == nil && !bad
	}
	switch {
	case bad:
		o.Verdict = probity.Fail
		o.Evidence = []probity.Evidence{{Asset: a.Ref, Fact: fact}}
		o.Findings = []probity.Finding{{Fingerprint: probity.Fingerprint(rule, a.Ref, fact, ""), Asset: a.Ref, Fact: fact, Message: rule + " fails on " + a.Name, Risk: probity.Risk{Severity: severity}, Waiver: e.waived[a.ID]}}
		if ask == holding && e.elements {
			o.Findings = nil
			for _, l := range a.Labels.Items {
				o.Findings = append(o.Findings, probity.Finding{Fingerprint: probity.Fingerprint(rule, a.Ref, fact, l.On), Asset: a.Ref, Fact: fact, Element: l.On, Message: rule + " fails on " + a.Name, Risk: probity.Risk{Severity: severity}, Waiver: e.waived[a.ID]})
			}
		}
	case gap != nil:
		o.Verdict = probity.Unknown
		o.Evidence = []probity.Evidence{{Asset: a.Ref, Fact: fact, Gap: gap}}
		o.Findings = []probity.Finding{{Fingerprint: probity.Fingerprint(rule, a.Ref, fact, ""), Asset: a.Ref, Fact: fact, Message: "unknown", Risk: probity.Risk{Severity: severity}}}
	}
	return o
}
