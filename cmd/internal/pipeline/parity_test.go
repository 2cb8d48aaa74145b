package pipeline_test

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/cmd/internal/corpus"
	"github.com/probity-scan/probity/cmd/internal/examples"
)

// judgement is what a rule says of a store, by the store's address.
type judgement map[[2]string]probity.Outcome

func judged(t *testing.T, j job) judgement {
	t.Helper()
	out := judgement{}
	for _, o := range outcomes(t, j.run(t)) {
		out[[2]string{o.Rule, o.Asset.ID}] = o
	}
	return out
}

// place is where the first finding of an outcome is looked for.
func place(o probity.Outcome) string {
	for _, f := range o.Findings {
		if f.Place != nil {
			return fmt.Sprintf("%s:%d", f.Place.File, f.Place.Line)
		}
	}
	return ""
}

// TestParity: code and the plan made of it are judged alike, over stores whose settings come in every style, and findings
// stand where the setting does. The plan may decide what code alone left unknown, and nothing else.
func TestParity(t *testing.T) {
	t.Parallel()
	rules := corpus.Rules()
	for seed := range uint64(3) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			t.Parallel()
			c, dir := corpus.New(seed, 250, corpus.Styles()...), t.TempDir()
			if err := c.Save(dir); err != nil {
				t.Fatal(err)
			}
			code := judged(t, job{dir: filepath.Join(dir, "infra"), base: "infra", rules: rules})
			bare := judged(t, job{dir: filepath.Join(dir, "plan.json"), base: "plan.json", rules: rules})
			plan := judged(t, job{dir: filepath.Join(dir, "plan.json"), base: "plan.json", rules: rules, code: probity.Code{Source: filepath.Join(dir, "infra")}})
			alike(t, code, plan)
			alike(t, code, bare)
			for _, p := range c.Stores {
				key := [2]string{p.Rule, p.Address}
				check := func(name string, o probity.Outcome, want ...probity.Verdict) {
					if !slices.Contains(want, o.Verdict) {
						t.Errorf("%s of %s (%s), %s: got %q, want %v; %s", p.Rule, p.Address, p.Style, name, o.Verdict, want, examples.Evidence(o))
					}
				}
				is := []probity.Verdict{probity.Pass, probity.NA}
				switch {
				case p.Style == "computed" || p.Style == "dark":
					is = []probity.Verdict{probity.Unknown}
				case p.Bad:
					is = []probity.Verdict{probity.Fail}
				}
				check("plan", plan[key], is...)
				if p.Style != "dark" { // which a plan alone does not tell from what is left to the provider
					check("plan without code", bare[key], is...)
				}
				if p.Style == "undecided" {
					is = []probity.Verdict{probity.Unknown}
				}
				check("code", code[key], is...)
				at := fmt.Sprintf("%s:%d", p.File, p.Line)
				for name, o := range map[string]probity.Outcome{"code": code[key], "plan": plan[key]} {
					if o.Verdict == probity.Fail && place(o) != at {
						t.Errorf("%s of %s (%s), %s: got it at %s, want %s", p.Rule, p.Address, p.Style, name, place(o), at)
					}
				}
				if o := bare[key]; o.Verdict == probity.Fail && !strings.HasPrefix(place(o), "plan.json:") {
					t.Errorf("%s of %s without code: got it at %s, want the plan", p.Rule, p.Address, place(o))
				}
			}
		})
	}
}

// alike: the plan says what code says, and more.
func alike(t *testing.T, code, plan judgement) {
	t.Helper()
	if len(code) != len(plan) {
		t.Errorf("got %d judgements of the plan, want the %d of the code", len(plan), len(code))
	}
	for key, c := range code {
		p, ok := plan[key]
		if key[1] == "." { // the root itself: what is listed
			continue
		}
		if !ok || c.Verdict != p.Verdict && c.Verdict != probity.Unknown {
			t.Errorf("%s of %s: got %q of the plan, want %q; %s", key[0], key[1], p.Verdict, c.Verdict, examples.Evidence(p))
		}
	}
}
