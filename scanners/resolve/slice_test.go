package resolve

import (
	"context"
	"errors"
	"iter"
	"testing"

	probity "github.com/probity-scan/probity"
)

// pointers are copies of assets, as units hand them over.
func pointers(assets []probity.Asset) []*probity.Asset {
	out := make([]*probity.Asset, len(assets))
	for i, a := range assets {
		out[i] = &a
	}
	return out
}

// assetsOf are copies of what an inventory holds now.
func assetsOf(inv *Slice) []probity.Asset {
	held, _ := inv.All()
	out := make([]probity.Asset, len(held))
	for i, a := range held {
		out[i] = *a
	}
	return out
}

func ids(t *testing.T, assets iter.Seq2[probity.Asset, error]) string {
	t.Helper()
	out := ""
	for a, err := range assets {
		if err != nil {
			t.Fatal(err)
		}
		out += a.Root + "/" + a.ID + " "
	}
	return out
}

func TestSliceSelects(t *testing.T) {
	t.Parallel()
	asset := func(root, id string, kind probity.Kind, aliases ...string) probity.Asset {
		return probity.Asset{Ref: probity.Ref{Root: root, ID: id}, Kind: kind, Aliases: aliases}
	}
	inv := NewSlice(pointers([]probity.Asset{asset("z", "a", "k", "n"), asset("", "b", "k", "n", "m"), asset("", "a", "other", "n")}), nil)
	for name, c := range map[string]struct {
		query Query
		want  string
	}{
		"all, sorted":     {Query{}, "/a /b z/a "},
		"by Ref":          {Query{Ref: probity.Ref{Root: "z", ID: "a"}}, "z/a "},
		"by alias":        {Query{Alias: "n"}, "/a /b z/a "},
		"by kind":         {Query{Kind: "k"}, "/b z/a "},
		"all must match":  {Query{Alias: "n", Kind: "other"}, "/a "},
		"Ref and no kind": {Query{Ref: probity.Ref{ID: "a"}, Kind: "k"}, ""},
		"nothing":         {Query{Ref: probity.Ref{ID: "c"}}, ""},
	} {
		if got := ids(t, inv.Assets(t.Context(), c.query)); got != c.want {
			t.Errorf("%s: got %q, want %q", name, got, c.want)
		}
	}
	for range inv.Assets(t.Context(), Query{}) {
		break // a walk may stop at any time
	}
	if err := inv.Update(t.Context(), asset("", "c", "k")); err == nil {
		t.Error("updating an asset that is not there: got no error")
	}
}

func TestSliceKeepsCoverage(t *testing.T) {
	t.Parallel()
	listed := listing("db", nil)
	inv := NewSlice(pointers([]probity.Asset{{Ref: probity.Ref{ID: "lost"}}}), []probity.Coverage{listed, {Supply: probity.Supply{Kind: "k"}}})
	if _, all := inv.All(); len(all) != 3 || all[2].Gap == nil || all[2].On.ID != "lost" {
		t.Errorf("got %+v, want the given two, and the fragment nobody owns", all)
	}
	n := 0
	for c, err := range inv.Coverage(t.Context(), probity.Ref{ID: "db"}) {
		if n++; err != nil || c.Supply != listed.Supply {
			t.Errorf("got %+v, %v, want %+v", c, err, listed)
		}
	}
	if n != 1 {
		t.Errorf("got %d answers, want 1", n)
	}
}

// broken is a database that fails at the nth call.
type broken struct {
	*Slice
	calls int
}

var errBroken = errors.New("connection lost")

func (b *broken) fails() bool {
	b.calls--
	return b.calls == 0
}

func (b *broken) Assets(ctx context.Context, q Query) iter.Seq2[probity.Asset, error] {
	return func(yield func(probity.Asset, error) bool) {
		if b.fails() {
			yield(probity.Asset{}, errBroken)
			return
		}
		b.Slice.Assets(ctx, q)(yield)
	}
}

func (b *broken) Coverage(ctx context.Context, r probity.Ref) iter.Seq2[probity.Coverage, error] {
	return func(yield func(probity.Coverage, error) bool) {
		if b.fails() {
			yield(probity.Coverage{}, errBroken)
			return
		}
		b.Slice.Coverage(ctx, r)(yield)
	}
}

func (b *broken) Update(ctx context.Context, a probity.Asset) error {
	if b.fails() {
		return errBroken
	}
	return b.Slice.Update(ctx, a)
}

// TestABrokenInventoryIsAnError: no call's failure may pass for an answer.
func TestABrokenInventoryIsAnError(t *testing.T) {
	t.Parallel()
	fragments := append(splitBucket(), database(probity.Known(true, nil), "world", "absent")...)
	fragments = append(fragments, store("s", probity.Whole(nil, label("iban"))), store("c", probity.List[probity.Label]{}, to(probity.CopyOf, "s"), to(probity.EncryptedBy, "name")),
		probity.Asset{Ref: probity.Ref{Root: "infra", ID: "trail"}, Kind: "aws.cloudtrail.trail", Class: probity.Log})
	for n := 1; ; n++ {
		inv := &broken{NewSlice(pointers(fragments), nil), n}
		err := Run(t.Context(), inv)
		if inv.calls > 0 {
			if err != nil || n < 30 {
				t.Fatalf("after %d calls: got %v, want a run without a failure in the end", n, err)
			}
			return
		}
		if !errors.Is(err, errBroken) {
			t.Fatalf("failure at call %d: got %v, want it told", n, err)
		}
	}
}

func TestRunStops(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := Run(ctx, NewSlice(pointers(splitBucket()), nil)); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want %v", err, context.Canceled)
	}
}
