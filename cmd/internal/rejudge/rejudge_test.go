package rejudge

import (
	"bytes"
	"slices"
	"testing"
	"time"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/policies"
	"github.com/probity-scan/probity/reports"
	"github.com/probity-scan/probity/scanners/kinds"
)

// saved is a scan of stores that are well and ill kept, and half known, as its file gives it back.
func saved(t *testing.T, change func(*probity.Header)) probity.Scan {
	t.Helper()
	o := policies.Options{Rules: []string{"encryption-at-rest", "no-public-store", "backup-retention"}}
	corpus, err := policies.Load(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	defer corpus.Close()
	digest, err := corpus.Digest()
	if err != nil {
		t.Fatal(err)
	}
	db := func(id string, at probity.Fact[bool]) probity.Asset {
		a := probity.Asset{Ref: probity.Ref{Root: "infra", ID: id}, Kind: kinds.RDSInstance, Class: probity.Database, Settings: probity.SettingsOf(kinds.RDS{})}
		a.Encryption.AtRest, a.Resilience.BackupDays = at, probity.Missing[int](probity.Gap{Reason: probity.Computed}, nil)
		return a
	}
	assets := []probity.Asset{db("a", probity.Known(false, nil)), db("b", probity.Known(true, nil)), db("c", probity.Missing[bool](probity.Gap{Reason: probity.Unresolved, Needs: "var.e"}, nil))}
	coverage := []probity.Coverage{{Supply: probity.Supply{Kind: kinds.RDSInstance, Class: probity.Database, On: probity.Ref{ID: "account"}}, Gap: &probity.Gap{Reason: probity.Denied}}}
	scan := probity.Scan{Header: probity.Header{Tool: "probity 0.1.0", Started: time.Date(2026, 11, 28, 12, 0, 0, 0, time.UTC), Rules: corpus.Rules, Inputs: map[string]string{"rules": digest}}}
	var outcomes []probity.Outcome
	for o, err := range again(t.Context(), scan, corpus, assets) {
		if err != nil {
			t.Fatal(err)
		}
		outcomes = append(outcomes, o)
	}
	outcomes = append(outcomes, corpus.Unlisted(coverage)...)
	slices.SortStableFunc(outcomes, inOrder)
	change(&scan.Header)
	scan.Assets, scan.Outcomes, scan.Coverage = over(assets), over(outcomes), over(coverage)
	return reread(t, scan)
}

func over[T any](items []T) func(func(T, error) bool) {
	return func(yield func(T, error) bool) {
		for _, v := range items {
			if !yield(v, nil) {
				return
			}
		}
	}
}

func reread(t *testing.T, s probity.Scan) probity.Scan {
	t.Helper()
	var b bytes.Buffer
	if err := reports.JSON(&b, s); err != nil {
		t.Fatal(err)
	}
	out, err := reports.Read(bytes.NewReader(b.Bytes()), int64(b.Len()))
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func of(t *testing.T, s probity.Scan, o policies.Options) Result {
	t.Helper()
	r, err := Of(t.Context(), s, o)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestSame(t *testing.T) {
	t.Parallel()
	n := 0
	s := saved(t, func(*probity.Header) {})
	for _, err := range s.Outcomes {
		if err != nil {
			t.Fatal(err)
		}
		n++
	}
	r := of(t, s, policies.Options{})
	if r.Same != n || n < 6 || r.Different != 0 || len(r.Changed) != 0 || r.NotJudged != 0 || r.Rules != 3 {
		t.Errorf("got %+v of %d outcomes", r, n)
	}
}

// What somebody changed in outcomes shows, be it a verdict, a severity, or one that is left out or put in.
func TestChangedOutcomes(t *testing.T) {
	t.Parallel()
	for name, change := range map[string]func([]probity.Outcome) []probity.Outcome{
		"verdict": func(os []probity.Outcome) []probity.Outcome {
			i := slices.IndexFunc(os, func(o probity.Outcome) bool { return o.Verdict == probity.Fail })
			os[i].Verdict, os[i].Findings, os[i].Evidence = probity.Pass, nil, nil
			return os
		},
		"severity": func(os []probity.Outcome) []probity.Outcome {
			i := slices.IndexFunc(os, func(o probity.Outcome) bool { return o.Verdict == probity.Fail })
			os[i].Findings[0].Risk.Severity = probity.Low
			return os
		},
		"left out": func(os []probity.Outcome) []probity.Outcome { return os[1:] },
		"last":     func(os []probity.Outcome) []probity.Outcome { return os[:len(os)-1] },
		"listing": func(os []probity.Outcome) []probity.Outcome {
			return slices.DeleteFunc(os, func(o probity.Outcome) bool { return o.Asset.ID == "account" && o.Rule == "encryption-at-rest" })
		},
		"put in": func(os []probity.Outcome) []probity.Outcome {
			return append(os, probity.Outcome{Rule: "no-public-store", Asset: probity.Ref{Root: "zzz", ID: "z"}, Verdict: probity.Pass})
		},
	} {
		s := saved(t, func(*probity.Header) {})
		var os []probity.Outcome
		for o, err := range s.Outcomes {
			if err != nil {
				t.Fatal(err)
			}
			os = append(os, o)
		}
		s.Outcomes = over(change(os))
		if r := of(t, s, policies.Options{}); r.Different != 1 || len(r.Examples) != 1 {
			t.Errorf("%s: got %+v, want one that differs", name, r)
		}
	}
}

// Other rules and parameters are said, and a rule that is not there is not judged.
func TestOtherRules(t *testing.T) {
	t.Parallel()
	gone := func(h *probity.Header) {
		for i := range h.Rules {
			if h.Rules[i].ID == "backup-retention" {
				h.Rules[i].ID = "a-rule-of-later"
			}
		}
	}
	r := of(t, saved(t, gone), policies.Options{})
	if !slices.Equal(r.Lacking, []string{"a-rule-of-later"}) || len(r.Changed) == 0 {
		t.Errorf("got %+v", r)
	}
	r = of(t, saved(t, func(h *probity.Header) { h.Rules[0].Behaviour = 99 }), policies.Options{})
	if len(r.Changed) != 1 {
		t.Errorf("another behaviour: got %+v", r)
	}
	r = of(t, saved(t, func(h *probity.Header) { h.Inputs = nil }), policies.Options{})
	if len(r.Changed) != 1 || r.Different != 0 {
		t.Errorf("without digests: got %+v", r)
	}
	r = of(t, saved(t, func(*probity.Header) {}), policies.Options{Parameters: map[string]any{"trusted_accounts": []string{"1"}}})
	if len(r.Changed) != 1 {
		t.Errorf("other parameters: got %+v", r)
	}
	none := saved(t, func(h *probity.Header) { h.Rules = []probity.Rule{{ID: "none"}} })
	if r = of(t, none, policies.Options{}); r.Rules != 0 || r.Same != 0 {
		t.Errorf("no rule: got %+v", r)
	}
}
