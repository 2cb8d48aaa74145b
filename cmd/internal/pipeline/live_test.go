package pipeline_test

import (
	"fmt"
	"testing"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/cmd/internal/examples"
	"github.com/probity-scan/probity/scanners/aws/awstest"
)

// TestLive: over an estate of live stores every rule says of each what was planted, and every fact was asked for.
func TestLive(t *testing.T) {
	endpoint := awstest.Emulator(t)
	planted := awstest.FillAll(t, endpoint)
	p := awstest.NewProxy(t, endpoint)
	p.Set(awstest.EventStores)
	scan := job{dir: "aws:region=" + awstest.Region + ",endpoint=" + p.URL, config: "testdata/live.yaml"}.run(t)
	live := judgement{}
	for _, o := range outcomes(t, scan) {
		live[[2]string{o.Rule, o.Asset.ID}] = o
	}
	t.Run("rules", func(t *testing.T) { saidOf(t, live, planted) })
	t.Run("facts", func(t *testing.T) { allAsked(t, scan) })
}

func saidOf(t *testing.T, live judgement, planted []awstest.Planted) {
	t.Helper()
	rules := map[string]bool{}
	for _, p := range planted {
		want := probity.Pass
		if p.Bad {
			want, rules[p.Rule] = probity.Fail, true
		}
		o, ok := live[[2]string{p.Rule, p.Asset}]
		switch {
		case !ok:
			t.Errorf("%s of %s: not judged, want %s", p.Rule, p.Asset, want)
		case o.Verdict != want:
			t.Errorf("%s of %s: got %s, want %s; %s", p.Rule, p.Asset, o.Verdict, want, examples.Evidence(o))
		}
	}
	if len(rules) < 25 {
		t.Errorf("violations of %d rules are planted, want 25 at least", len(rules))
	}
}

// allAsked: what an attribute tells was asked of an API.
func allAsked(t *testing.T, scan probity.Scan) {
	t.Helper()
	left := map[string]string{}
	for a, err := range scan.Assets {
		if err != nil {
			t.Fatal(err)
		}
		for p, l := range probity.Leaves(a) {
			if _, gap := l.Value(); gap != nil && gap.Because == "no API is asked for it" {
				left[fmt.Sprintf("%s %s", a.Kind, p)] = a.ID
			}
		}
	}
	for fact, at := range left {
		t.Errorf("%s: no API is asked for it (%s)", fact, at)
	}
}
