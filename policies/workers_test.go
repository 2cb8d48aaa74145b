package policies

import (
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/sync/errgroup"

	"github.com/probity-scan/probity"
)

var errRead = errors.New("cannot be read")

func judgeAll(t *testing.T, c *Corpus, assets []probity.Asset) ([]probity.Outcome, error) {
	t.Helper()
	var out []probity.Outcome
	for o, err := range c.Judge(t.Context(), Estate{Assets: walk(assets), Linked: nobody, Now: time.Unix(1_800_000_000, 0)}) {
		if err != nil {
			return out, err
		}
		out = append(out, o)
	}
	return out, nil
}

// TestTogetherAsAlone: what is remembered of other assets, and who judges beside, changes no outcome.
func TestTogetherAsAlone(t *testing.T) {
	t.Parallel()
	c, err := Load(t.Context(), Options{Parameters: parameters()})
	if err != nil {
		t.Fatal(err)
	}
	g := newEstate(3, 15)
	assets := append(g.alike(400), g.different(100)...)
	slices.SortFunc(assets, func(a, b probity.Asset) int { return a.Compare(b.Ref) })
	assets = slices.CompactFunc(assets, func(a, b probity.Asset) bool { return a.Ref == b.Ref })
	together, err := judgeAll(t, c, assets)
	if err != nil {
		t.Fatal(err)
	}
	var alone []probity.Outcome
	for i := 0; i < len(assets); i += 7 {
		os, err := judgeAll(t, c, assets[i:i+1])
		if err != nil {
			t.Fatal(err)
		}
		alone = append(alone, os...)
	}
	some := map[probity.Ref]bool{}
	for i := 0; i < len(assets); i += 7 {
		some[assets[i].Ref] = true
	}
	together = slices.DeleteFunc(together, func(o probity.Outcome) bool { return !some[o.Asset] })
	if diff := cmp.Diff(alone, together); diff != "" {
		t.Error(diff)
	}
}

// TestJudgedTwiceAtOnce: users' rules have one process, which two who judge share.
func TestJudgedTwiceAtOnce(t *testing.T) {
	t.Parallel()
	c := loadUsersOf(t, map[string]string{"plain.rego": ruleText("own-plain", "input.encryption.at_rest == false")}, time.Minute)
	assets := newEstate(4, 15).different(100)
	var both [2][]probity.Outcome
	var g errgroup.Group
	for i := range both {
		g.Go(func() (err error) {
			both[i], err = judgeAll(t, c, assets)
			return err
		})
	}
	if err := g.Wait(); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(both[0], both[1]); diff != "" {
		t.Error(diff)
	}
	if !slices.ContainsFunc(both[0], func(o probity.Outcome) bool { return o.Rule == "own-plain" && o.Verdict == probity.Fail }) {
		t.Error("the user's rule found nothing")
	}
}

// TestJudgingEnds: whoever wants no more gets no more, and assets that cannot be read are an error.
func TestJudgingEnds(t *testing.T) {
	t.Parallel()
	c, err := Load(t.Context(), Options{})
	if err != nil {
		t.Fatal(err)
	}
	assets := newEstate(5, 0).different(500)
	for _, err := range c.Judge(t.Context(), Estate{Assets: walk(assets), Linked: nobody}) {
		if err != nil {
			t.Fatal(err)
		}
		break
	}
	walked := 0
	broken := func(yield func(probity.Asset, error) bool) {
		if walked++; walked == 1 { // to see what is there
			walk(assets)(yield)
			return
		}
		for i := range assets[:100] {
			if !yield(assets[i], nil) {
				return
			}
		}
		yield(probity.Asset{}, errRead)
	}
	judged := 0
	for _, err = range c.Judge(t.Context(), Estate{Assets: broken, Linked: nobody}) {
		if err == nil {
			judged++
		}
	}
	if !errors.Is(err, errRead) || judged == 0 {
		t.Errorf("got %v after %d outcomes", err, judged)
	}
}
