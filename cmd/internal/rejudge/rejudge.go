// Package rejudge asks the rules again over the assets of a saved scan, and compares what they say with what the scan says.
package rejudge

import (
	"cmp"
	"context"
	"fmt"
	"iter"
	"slices"
	"strings"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/policies"
	"github.com/probity-scan/probity/scanners/kinds"
)

// Result is how the second judgement compares.
type Result struct {
	Rules     int          `json:"rules"`      // that judged again
	Same      int          `json:"same"`       // outcomes
	Different int          `json:"different"`  //
	NotJudged int          `json:"not_judged"` // outcomes of rules that this probity does not have
	Lacking   []string     `json:"lacking"`    // those rules
	Examples  []Difference `json:"examples"`   // of what differs
	Changed   []string     `json:"changed"`    // what judged differs from what judged then, in words
}

// Difference is one outcome that came out otherwise.
type Difference struct {
	Rule  string      `json:"rule"`
	Asset probity.Ref `json:"asset"`
	Then  string      `json:"then"` // the verdict, or "not told"
	Now   string      `json:"now"`
	What  string      `json:"what,omitempty"` // where the verdict is the same: what else differs
}

const (
	mostExamples = 20
	notTold      = "not told"
)

// Of judges a scan again, with the rules of this probity that it names.
func Of(ctx context.Context, scan probity.Scan, o policies.Options) (Result, error) {
	r := Result{Lacking: []string{}, Examples: []Difference{}, Changed: []string{}}
	corpus, err := r.corpus(ctx, scan, o)
	if err != nil || corpus == nil {
		return r, err
	}
	defer corpus.Close()
	if err := r.compareInputs(scan, corpus); err != nil {
		return r, err
	}
	assets, err := held(scan)
	if err != nil {
		return r, err
	}
	return r, r.compare(ctx, scan, corpus, assets)
}

// corpus loads the rules that the scan names; nil: there are none of them.
func (r *Result) corpus(ctx context.Context, scan probity.Scan, o policies.Options) (*policies.Corpus, error) {
	all, err := policies.Load(ctx, o)
	if err != nil {
		return nil, err
	}
	var chosen []string
	behaviours := map[string]int{}
	for _, x := range all.Rules {
		behaviours[x.ID] = x.Behaviour
	}
	all.Close()
	for _, x := range scan.Rules {
		switch b, ok := behaviours[x.ID]; {
		case !ok:
			r.Lacking = append(r.Lacking, x.ID)
		default:
			chosen = append(chosen, x.ID)
			if b != x.Behaviour {
				r.Changed = append(r.Changed, fmt.Sprintf("rule %s has behaviour %d, and judged with %d", x.ID, b, x.Behaviour))
			}
		}
	}
	if r.Rules = len(chosen); len(chosen) == 0 {
		return nil, nil
	}
	o.Rules = chosen
	return policies.Load(ctx, o)
}

// compareInputs says what judges otherwise than then: rules or parameters.
func (r *Result) compareInputs(scan probity.Scan, corpus *policies.Corpus) error {
	rules, err := corpus.Digest()
	if err != nil {
		return err
	}
	parameters, err := corpus.ParametersDigest()
	if err != nil {
		return err
	}
	switch then := scan.Inputs["rules"]; {
	case then == "":
		r.Changed = append(r.Changed, "the scan does not tell by which rules it was judged")
	case then != rules || len(r.Lacking) > 0:
		r.Changed = append(r.Changed, "the rules of this probity are others than those of "+scan.Tool)
	}
	if scan.Inputs["parameters"] != parameters {
		r.Changed = append(r.Changed, "the parameters of rules are others than then: give the configuration that holds them by --config")
	}
	return nil
}

// held are the assets of the scan in memory, as they were when they were judged: settings have their types again.
func held(scan probity.Scan) ([]probity.Asset, error) {
	settings := map[probity.Kind]any{}
	for _, k := range kinds.All() {
		if k.Settings != nil {
			settings[k.Kind] = k.Settings
		}
	}
	shared := probity.NewShared()
	var out []probity.Asset
	for a, err := range scan.Assets {
		if err != nil {
			return nil, err
		}
		if as := settings[a.Kind]; as != nil {
			a.Settings = a.Settings.As(as)
		}
		shared.Asset(&a)
		out = append(out, a)
	}
	slices.SortFunc(out, func(a, b probity.Asset) int { return a.Compare(b.Ref) })
	return out, nil
}

// compare walks both judgements side by side: both come sorted by asset and rule.
func (r *Result) compare(ctx context.Context, scan probity.Scan, corpus *policies.Corpus, assets []probity.Asset) error {
	var coverage []probity.Coverage
	for v, err := range scan.Coverage {
		if err != nil {
			return err
		}
		coverage = append(coverage, v)
	}
	lacking := map[string]bool{}
	for _, id := range r.Lacking {
		lacking[id] = true
	}
	beside := corpus.Unlisted(coverage)
	slices.SortStableFunc(beside, inOrder)
	next, stop := iter.Pull2(with(again(ctx, scan, corpus, assets), beside))
	defer stop()
	now, err, more := next()
	for then, wrong := range scan.Outcomes {
		if err = cmp.Or(err, wrong); err != nil {
			return err
		}
		if lacking[then.Rule] {
			r.NotJudged++
			continue
		}
		for more && err == nil && inOrder(now, then) < 0 {
			r.differ(Difference{Rule: now.Rule, Asset: now.Asset, Then: notTold, Now: string(now.Verdict)})
			now, err, more = next()
		}
		switch {
		case err != nil:
			return err
		case more && inOrder(now, then) == 0:
			r.both(then, now)
			now, err, more = next()
		default:
			r.differ(Difference{Rule: then.Rule, Asset: then.Asset, Then: string(then.Verdict), Now: notTold})
		}
	}
	for ; more && err == nil; now, err, more = next() {
		r.differ(Difference{Rule: now.Rule, Asset: now.Asset, Then: notTold, Now: string(now.Verdict)})
	}
	return err
}

// with puts outcomes of what is no asset among those of assets; both are in order.
func with(of iter.Seq2[probity.Outcome, error], beside []probity.Outcome) iter.Seq2[probity.Outcome, error] {
	return func(yield func(probity.Outcome, error) bool) {
		rest := beside
		for o, err := range of {
			for ; err == nil && len(rest) > 0 && inOrder(rest[0], o) < 0; rest = rest[1:] {
				if !yield(rest[0], nil) {
					return
				}
			}
			if !yield(o, err) {
				return
			}
		}
		for _, o := range rest {
			if !yield(o, nil) {
				return
			}
		}
	}
}

func again(ctx context.Context, scan probity.Scan, corpus *policies.Corpus, assets []probity.Asset) iter.Seq2[probity.Outcome, error] {
	linked := func(ref probity.Ref) (probity.Asset, bool) {
		i, ok := slices.BinarySearchFunc(assets, ref, func(a probity.Asset, r probity.Ref) int { return a.Compare(r) })
		if !ok {
			return probity.Asset{}, false
		}
		return assets[i], true
	}
	each := func(yield func(probity.Asset, error) bool) {
		for _, a := range assets {
			if !yield(a, nil) {
				return
			}
		}
	}
	return corpus.Judge(ctx, policies.Estate{Assets: each, Linked: linked, Now: scan.Started})
}

func inOrder(a, b probity.Outcome) int {
	return cmp.Or(a.Asset.Compare(b.Asset), cmp.Compare(a.Rule, b.Rule))
}

func (r *Result) both(then, now probity.Outcome) {
	d := Difference{Rule: then.Rule, Asset: then.Asset, Then: string(then.Verdict), Now: string(now.Verdict)}
	switch a, b := findings(then), findings(now); {
	case then.Verdict != now.Verdict:
	case a != b:
		d.What = "its findings"
	default:
		r.Same++
		return
	}
	r.differ(d)
}

// findings are those of an outcome by what is wrong and how bad: what a gate adds to them does not count.
func findings(o probity.Outcome) string {
	out := make([]string, len(o.Findings))
	for i, f := range o.Findings {
		out[i] = f.Fingerprint + " " + string(f.Risk.Severity) + " " + f.Digest
	}
	slices.Sort(out)
	return strings.Join(out, "\n")
}

func (r *Result) differ(d Difference) {
	if r.Different++; len(r.Examples) < mostExamples {
		r.Examples = append(r.Examples, d)
	}
}
