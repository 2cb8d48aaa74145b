package resolve

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	probity "github.com/probity-scan/probity"
)

// versioning is a fragment of one asset with a single fact.
func versioning(f probity.Fact[bool]) probity.Asset {
	return probity.Asset{Ref: probity.Ref{ID: "b"}, Resilience: probity.Resilience{Versioning: f}}
}

func bucketOf(a probity.Asset) probity.Asset {
	a.Kind, a.Class = "aws.s3.bucket", probity.Bucket
	return a
}

func TestMergeOfOneFact(t *testing.T) {
	t.Parallel()
	on, off := probity.Known(true, at("v.tf", 1)), probity.Known(false, at("w.tf", 2))
	fallback := probity.Known(false, &probity.Origin{Default: "off"})
	denied := probity.Missing[bool](probity.Gap{Reason: probity.Denied}, nil)
	silent := probity.Missing[bool](probity.Gap{Reason: probity.NotCollected}, nil)
	reason := probity.Missing[bool](probity.Gap{Reason: probity.NotCollected, Needs: "a scan of the management account"}, nil)
	for name, c := range map[string]struct {
		facts []probity.Fact[bool]
		want  probity.Fact[bool]
	}{
		"one":                          {[]probity.Fact[bool]{on}, on},
		"nobody looked":                {[]probity.Fact[bool]{{}, {}}, probity.Fact[bool]{}},
		"a value beats silence":        {[]probity.Fact[bool]{{}, on}, on},
		"a value beats a gap":          {[]probity.Fact[bool]{denied, on}, on},
		"a gap beats silence":          {[]probity.Fact[bool]{silent, denied, {}}, denied},
		"a reason beats silence":       {[]probity.Fact[bool]{silent, reason, {}}, reason},
		"a gap beats a default":        {[]probity.Fact[bool]{fallback, denied}, denied},
		"a value beats a default":      {[]probity.Fact[bool]{fallback, on}, on},
		"a default beats silence":      {[]probity.Fact[bool]{silent, fallback}, fallback},
		"equal values are no conflict": {[]probity.Fact[bool]{on, probity.Known(true, at("w.tf", 9))}, on},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			fragments := []probity.Asset{bucketOf(versioning(probity.Fact[bool]{}))}
			for _, f := range c.facts {
				fragments = append(fragments, versioning(f))
			}
			got, lost := Merge(pointers(fragments))
			if len(got) != 1 || len(lost) != 0 || !got[0].Resilience.Versioning.Equal(c.want) {
				t.Errorf("got %v and %d lost, want %v", got[0].Resilience.Versioning, len(lost), c.want)
			}
		})
	}
	got, _ := Merge(pointers([]probity.Asset{bucketOf(versioning(on)), versioning(denied), versioning(off), versioning(on)}))
	_, g := got[0].Resilience.Versioning.Value()
	if g == nil || g.Reason != probity.Unresolved {
		t.Fatalf("values that differ: got %v, want a gap", got[0].Resilience.Versioning)
	}
	from := got[0].Resilience.Versioning.From().Derived
	if len(from) != 2 || from[0].Fact != "resilience.versioning" || from[0].Origin.File != "v.tf" || from[1].Origin.File != "w.tf" {
		t.Errorf("values that differ: got evidence %v, want both places", from)
	}
}

func TestMergeOfLists(t *testing.T) {
	t.Parallel()
	a, b := probity.Link{Kind: probity.LogsTo, To: probity.Ref{ID: "a"}}, probity.Link{Kind: probity.LogsTo, To: probity.Ref{ID: "b"}}
	g := probity.Gap{Reason: probity.Computed}
	standard := &probity.Origin{Default: "none"}
	for name, c := range map[string]struct {
		lists []probity.List[probity.Link]
		want  probity.List[probity.Link]
	}{
		"concatenated":               {[]probity.List[probity.Link]{probity.Whole(nil, a), probity.Whole(nil, b)}, probity.Whole(nil, a, b)},
		"once each":                  {[]probity.List[probity.Link]{probity.Whole(nil, a), probity.Whole(nil, a, b)}, probity.Whole(nil, a, b)},
		"open stays open":            {[]probity.List[probity.Link]{probity.Whole(nil, a), probity.Open(g, nil, b)}, probity.Open(g, nil, a, b)},
		"open stays open, as first":  {[]probity.List[probity.Link]{probity.Open(g, nil, b), probity.Whole(nil, a)}, probity.Open(g, nil, b, a)},
		"silence leaves it whole":    {[]probity.List[probity.Link]{probity.Whole(nil, a), {}}, probity.Whole(nil, a)},
		"nobody knows the rest":      {[]probity.List[probity.Link]{{Items: []probity.Link{a}}, {Items: []probity.Link{b}}}, probity.List[probity.Link]{Items: []probity.Link{a, b}}},
		"a default gives way":        {[]probity.List[probity.Link]{probity.Whole(standard, a), probity.Whole(nil, b)}, probity.Whole(nil, b)},
		"a default gives way to gap": {[]probity.List[probity.Link]{probity.Open(g, nil, b), probity.Whole(standard, a)}, probity.Open(g, nil, b)},
		"a default alone":            {[]probity.List[probity.Link]{probity.Whole(standard, a), {}}, probity.Whole(standard, a)},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			fragments := []probity.Asset{{Ref: probity.Ref{ID: "b"}, Kind: "k"}}
			for _, l := range c.lists {
				fragments = append(fragments, probity.Asset{Ref: probity.Ref{ID: "b"}, Links: l})
			}
			got, _ := Merge(pointers(fragments))
			if diff := cmp.Diff(c.want, got[0].Links); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestMergeOfTheRest(t *testing.T) {
	t.Parallel()
	ref := probity.Ref{Root: "infra", ID: "b"}
	got, lost := Merge(pointers([]probity.Asset{
		{Ref: ref, Aliases: []string{"z", "a"}, Settings: probity.Settings{"website": probity.Known[any](true, nil), "mfa_delete": probity.Missing[any](probity.Gap{Reason: probity.NotCollected}, nil)}},
		{Ref: ref, Kind: "aws.s3.bucket", Class: probity.Bucket, Name: "exports", Aliases: []string{"a"}, Scope: probity.Scope{Provider: "aws"}, Origin: at("s3.tf", 1)},
		{Ref: ref, Name: "not this", Scope: probity.Scope{Region: "eu-west-1"}, Origin: at("a.tf", 1), Settings: probity.Settings{"mfa_delete": probity.Known[any](false, nil)}},
	}))
	want := []*probity.Asset{{Ref: ref, Kind: "aws.s3.bucket", Class: probity.Bucket, Name: "exports", Aliases: []string{"a", "z"},
		Scope: probity.Scope{Provider: "aws", Region: "eu-west-1"}, Origin: at("s3.tf", 1),
		Settings: probity.Settings{"website": probity.Known[any](true, nil), "mfa_delete": probity.Known[any](false, nil)}}}
	if diff := cmp.Diff(want, got); diff != "" || len(lost) != 0 {
		t.Errorf("%d lost, (-want +got):\n%s", len(lost), diff)
	}
}

func TestFragmentsByAlias(t *testing.T) {
	t.Parallel()
	bucket := func(root, id string) probity.Asset {
		return bucketOf(probity.Asset{Ref: probity.Ref{Root: root, ID: id}, Aliases: []string{"exports"}})
	}
	for name, c := range map[string]struct {
		owners []probity.Asset
		root   string
		want   string // the owner's ID; empty: lost
	}{
		"the only one":                {[]probity.Asset{bucket("infra", "x")}, "infra", "x"},
		"the one of the root":         {[]probity.Asset{bucket("infra", "x"), bucket("other", "y")}, "other", "y"},
		"only in another root":        {[]probity.Asset{bucket("infra", "x")}, "other", ""},
		"without a root":              {[]probity.Asset{bucket("infra", "x")}, "", "x"},
		"two of the root":             {[]probity.Asset{bucket("infra", "x"), bucket("infra", "y")}, "infra", ""},
		"two, and asked without root": {[]probity.Asset{bucket("infra", "x"), bucket("other", "y")}, "", ""},
		"none":                        {nil, "infra", ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			part := probity.Asset{Ref: probity.Ref{Root: c.root, ID: "exports"}, Resilience: probity.Resilience{Versioning: probity.Known(true, at("v.tf", 7))}}
			assets, lost := Merge(pointers(append(c.owners, part)))
			if len(assets) != len(c.owners) {
				t.Fatalf("got %d assets, want %d", len(assets), len(c.owners))
			}
			for _, a := range assets {
				if _, known := a.Resilience.Versioning.Get(); known != (a.ID == c.want) {
					t.Errorf("%s: got versioning known %v", a.ID, known)
				}
			}
			if (len(lost) == 0) != (c.want != "") {
				t.Fatalf("got %d lost", len(lost))
			}
			if len(lost) > 0 && (lost[0].Gap == nil || lost[0].Path != "resilience.versioning" || lost[0].Origin.Line != 7 || lost[0].On != part.Ref) {
				t.Errorf("got %+v, want the fact, its place and a gap", lost[0])
			}
		})
	}
}

// TestMergeIgnoresOrder: units end in any order, and a fact must not depend on it.
func TestMergeIgnoresOrder(t *testing.T) {
	t.Parallel()
	facts := []probity.Fact[bool]{{}, probity.Known(true, at("a.tf", 1)), probity.Known(false, at("b.tf", 1)),
		probity.Known(false, &probity.Origin{Default: "off"}), probity.Missing[bool](probity.Gap{Reason: probity.Denied}, at("c.tf", 1))}
	rapid.Check(t, func(t *rapid.T) {
		fragments := []probity.Asset{bucketOf(versioning(probity.Fact[bool]{}))}
		for i, n := range rapid.SliceOfN(rapid.IntRange(0, len(facts)-1), 0, 5).Draw(t, "facts") {
			f := versioning(facts[n])
			f.Origin = at("f.tf", i)
			fragments = append(fragments, f)
		}
		first, _ := Merge(pointers(fragments))
		second, _ := Merge(pointers(rapid.Permutation(fragments).Draw(t, "order")))
		if diff := cmp.Diff(first, second); diff != "" {
			t.Fatalf("in another order (-first +second):\n%s", diff)
		}
	})
}
