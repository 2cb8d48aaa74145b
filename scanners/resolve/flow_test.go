package resolve

import (
	"fmt"
	"maps"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	probity "github.com/probity-scan/probity"
)

// TestLabelsReachAllThatTheyCanAndNothingElse compares with plain reachability on random links, circles included.
func TestLabelsReachAllThatTheyCanAndNothingElse(t *testing.T) {
	t.Parallel()
	kinds := []probity.LinkKind{probity.CopyOf, probity.ReplicaOf, probity.SnapshotOf, probity.ContainedIn, probity.SameAs, probity.EncryptedBy}
	rapid.Check(t, func(t *rapid.T) {
		const n = 6
		var reach [n][n]bool // from whom labels come to whom
		var state [n]int
		assets := make([]probity.Asset, n)
		for i := range n {
			reach[i][i] = true
			state[i] = rapid.IntRange(0, 2).Draw(t, "state")
			own := fmt.Sprint("own", i)
			assets[i] = probity.Asset{Ref: probity.Ref{ID: fmt.Sprint("a", i)}, Kind: "k", Class: probity.Database, Labels: []probity.List[probity.Label]{
				{}, probity.Whole(nil, probity.Label{Detector: own}), probity.Open(probity.Gap{Reason: probity.Sampled}, nil, probity.Label{Detector: own})}[state[i]]}
		}
		for range rapid.IntRange(0, 8).Draw(t, "links") {
			from, to, kind := rapid.IntRange(0, n-1).Draw(t, "from"), rapid.IntRange(0, n-1).Draw(t, "to"), rapid.SampledFrom(kinds).Draw(t, "kind")
			assets[from].Links = assets[from].Links.With(probity.Link{Kind: kind, To: assets[to].Ref})
			switch kind {
			case probity.ContainedIn:
				reach[from][to] = true
			case probity.SameAs:
				reach[from][to], reach[to][from] = true, true
			case probity.EncryptedBy:
			default:
				reach[to][from] = true
			}
		}
		for range n { // transitive closure
			for i := range n {
				for j := range n {
					for k := range n {
						reach[i][k] = reach[i][k] || reach[i][j] && reach[j][k]
					}
				}
			}
		}
		inv := NewSlice(pointers(assets), nil)
		if err := Run(t.Context(), inv); err != nil {
			t.Fatal(err)
		}
		first := assetsOf(inv)
		for to, a := range first {
			want, got, sampled := map[string]bool{}, map[string]bool{}, false
			for from := range n {
				if reach[from][to] && state[from] > 0 {
					want[fmt.Sprint("own", from)] = true
				}
				sampled = sampled || reach[from][to] && state[from] == 2
			}
			for _, l := range a.Labels.Items {
				got[l.Detector] = true
			}
			if !maps.Equal(want, got) || len(got) != len(a.Labels.Items) {
				t.Fatalf("%s: got %v, want %v", a.ID, a.Labels.Items, want)
			}
			if _, g := a.Labels.Value(); sampled && g == nil {
				t.Fatalf("%s: got a whole list, want it open as one that flows in is", a.ID)
			}
		}
		if err := Run(t.Context(), inv); err != nil {
			t.Fatal(err)
		}
		second := assetsOf(inv)
		if diff := cmp.Diff(first, second); diff != "" {
			t.Fatalf("second run (-first +second):\n%s", diff)
		}
	})
}
