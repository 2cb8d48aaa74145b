package cause_test

import (
	"iter"
	"testing"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/reports/cause"
)

func over[T any](items ...T) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		for _, v := range items {
			if !yield(v, nil) {
				return
			}
		}
	}
}

// TestBetween: a verdict may rest on another asset, and on nothing but the time.
func TestBetween(t *testing.T) {
	t.Parallel()
	store, key := probity.Ref{ID: "store"}, probity.Ref{ID: "key"}
	scan := func(tool string, rotates, public bool, v probity.Verdict) probity.Scan {
		k, s := probity.Asset{Ref: key, Class: probity.Key}, probity.Asset{Ref: store, Class: probity.Bucket}
		k.Exposure.Public = probity.Known(rotates, nil)
		s.Exposure.Public = probity.Known(public, nil)
		return probity.Scan{Header: probity.Header{Tool: tool, Rules: []probity.Rule{{ID: "guarded", Behaviour: 1, Reads: []probity.Path{"encryption", "links"}}}}, Assets: over(k, s),
			Outcomes: over(probity.Outcome{Rule: "guarded", Asset: store, Verdict: v, Evidence: []probity.Evidence{{Asset: key, Fact: "exposure.public"}}})}
	}
	was := scan("probity 1.0.0", true, false, probity.Pass)
	for name, c := range map[string]struct {
		is   probity.Scan
		want cause.Cause
	}{
		"a linked asset is another":    {scan("probity 1.0.0", false, false, probity.Fail), cause.Estate},
		"and the release is too":       {scan("probity 2.0.0", false, false, probity.Fail), cause.Estate},
		"the release alone":            {scan("probity 2.0.0", true, false, probity.Fail), cause.Tool},
		"what the rule does not read":  {scan("probity 2.0.0", true, true, probity.Fail), cause.Tool},
		"nothing at all: time went by": {scan("probity 1.0.0", true, false, probity.Fail), cause.Estate},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := cause.Between(was, c.is, []cause.Key{{Rule: "guarded", Asset: store}})
			if err != nil || got[cause.Key{Rule: "guarded", Asset: store}] != c.want {
				t.Errorf("got %v, %v, want %s", got, err, c.want)
			}
		})
	}
}
