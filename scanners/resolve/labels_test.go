package resolve

import (
	"context"
	"fmt"
	"iter"
	"slices"
	"strings"
	"testing"

	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/kinds"
)

func label(on string) probity.Label { return probity.Label{Detector: "iban", On: on} }

// store is an asset with labels and links, as these tests need them.
func store(id string, labels probity.List[probity.Label], links ...probity.Link) probity.Asset {
	return probity.Asset{Ref: probity.Ref{ID: id}, Kind: "k", Class: probity.Database, Labels: labels, Links: probity.Whole(nil, links...)}
}

func to(kind probity.LinkKind, id string) probity.Link {
	return probity.Link{Kind: kind, To: probity.Ref{ID: id}}
}

func listing(on string, g *probity.Gap) probity.Coverage {
	return probity.Coverage{Supply: probity.Supply{Kind: "content", On: probity.Ref{ID: on}}, Gap: g}
}

// shown is a list of labels in one line: places, whom they were inherited from, and what is open.
func shown(l probity.List[probity.Label]) string {
	var out []string
	for _, i := range l.Items {
		s := i.On
		if i.Inherited != nil {
			s += "<" + i.Inherited.ID
		}
		out = append(out, s)
	}
	slices.Sort(out)
	rest := "whole"
	if _, g := l.Value(); g != nil {
		rest = string(g.Reason)
	}
	return strings.TrimSpace(fmt.Sprint(strings.Join(out, " "), " ", rest))
}

func TestLabels(t *testing.T) {
	t.Parallel()
	none, whole := probity.List[probity.Label]{}, probity.Whole(nil, label("iban"))
	sampled := probity.Open(probity.Gap{Reason: probity.Sampled}, nil, label("iban"))
	denied := &probity.Gap{Reason: probity.Denied}
	for name, c := range map[string]struct {
		assets   []probity.Asset
		coverage []probity.Coverage
		want     map[string]string
	}{
		"follow a copy": {[]probity.Asset{store("s", sampled), store("c", none, to(probity.CopyOf, "s"))}, nil,
			map[string]string{"s": "iban sampled", "c": "iban<s sampled"}},
		"follow a replica of a snapshot": {[]probity.Asset{store("s", sampled), store("c", none, to(probity.SnapshotOf, "s")), store("r", none, to(probity.ReplicaOf, "c"))}, nil,
			map[string]string{"c": "iban<s sampled", "r": "iban<s sampled"}},
		"never flow back": {[]probity.Asset{store("s", probity.Whole[probity.Label](nil)), store("c", whole, to(probity.CopyOf, "s"))}, nil,
			map[string]string{"s": "whole", "c": "iban whole"}},
		"a copy nobody read is open": {[]probity.Asset{store("s", whole), store("c", none, to(probity.CopyOf, "s"))}, nil,
			map[string]string{"c": "iban<s not-collected"}},
		"a copy of what nobody read": {[]probity.Asset{store("s", none), store("c", none, to(probity.CopyOf, "s"))}, nil,
			map[string]string{"s": "not-collected", "c": "not-collected"}},
		"a copy that was read, of a source that was not": {[]probity.Asset{store("s", none), store("c", whole, to(probity.CopyOf, "s"))}, nil,
			map[string]string{"c": "iban not-collected"}},
		"a copy of what is not here": {[]probity.Asset{store("c", whole, to(probity.CopyOf, "elsewhere"))}, nil,
			map[string]string{"c": "iban whole"}},
		"summed upwards": {[]probity.Asset{store("db", none), store("db/users", whole, to(probity.ContainedIn, "db")), store("db/logs", probity.Whole[probity.Label](nil), to(probity.ContainedIn, "db"))},
			[]probity.Coverage{listing("db", nil)}, map[string]string{"db": "users.iban<db/users whole", "db/users": "iban whole"}},
		"summed from one that is sampled": {[]probity.Asset{store("db", none), store("db/users", whole, to(probity.ContainedIn, "db")), store("db/logs", sampled, to(probity.ContainedIn, "db"))},
			[]probity.Coverage{listing("db", nil)}, map[string]string{"db": "logs.iban<db/logs users.iban<db/users sampled"}},
		"summed, listing lost": {[]probity.Asset{store("db", none), store("db/users", whole, to(probity.ContainedIn, "db"))},
			[]probity.Coverage{listing("db", nil), listing("db", denied)}, map[string]string{"db": "users.iban<db/users denied"}},
		"summed, nobody listed": {[]probity.Asset{store("db", none), store("db/users", whole, to(probity.ContainedIn, "db"))}, nil,
			map[string]string{"db": "users.iban<db/users not-collected"}},
		"empty and listed": {[]probity.Asset{store("db", none)}, []probity.Coverage{listing("db", nil)}, map[string]string{"db": "whole"}},
		"coverage of content is no listing": {[]probity.Asset{store("db", whole)}, []probity.Coverage{{Supply: probity.Supply{Kind: "k", Path: "labels", On: probity.Ref{ID: "db"}}, Gap: denied}},
			map[string]string{"db": "iban whole"}},
		"found, and never read": {[]probity.Asset{store("folder", none)}, []probity.Coverage{{Supply: probity.Supply{Kind: "k", On: probity.Ref{ID: "folder"}}}},
			map[string]string{"folder": "not-collected"}},
		"two levels, and a copy of the top": {[]probity.Asset{store("db", none), store("db/s", none, to(probity.ContainedIn, "db")), store("db/s/t", whole, to(probity.ContainedIn, "db/s")), store("c", none, to(probity.SnapshotOf, "db"))},
			[]probity.Coverage{listing("db", nil), listing("db/s", nil)}, map[string]string{"db": "s.t.iban<db/s/t whole", "c": "s.t.iban<db/s/t not-collected"}},
		"the same store twice": {[]probity.Asset{store("a", whole, to(probity.SameAs, "b")), store("b", none)}, nil,
			map[string]string{"a": "iban whole", "b": "iban<a whole"}},
		"the same store, unread on both sides": {[]probity.Asset{store("a", none, to(probity.SameAs, "b")), store("b", none)}, nil,
			map[string]string{"a": "not-collected", "b": "not-collected"}},
		"a circle of copies": {[]probity.Asset{store("a", whole, to(probity.CopyOf, "b")), store("b", sampled, to(probity.CopyOf, "c")), store("c", none, to(probity.CopyOf, "a"))}, nil,
			map[string]string{"a": "iban iban<b sampled", "b": "iban iban<a sampled", "c": "iban<a iban<b sampled"}},
		"contained in itself": {[]probity.Asset{store("a", whole, to(probity.ContainedIn, "a"))}, nil, map[string]string{"a": "iban whole"}},
		"a link that may not be": {[]probity.Asset{store("s", whole), store("c", none, probity.Link{Kind: probity.CopyOf, To: probity.Ref{ID: "s"}, Gap: denied})}, nil,
			map[string]string{"c": "not-collected"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			inv := NewSlice(pointers(c.assets), c.coverage)
			for range 2 { // a second run adds nothing
				if err := Run(t.Context(), inv); err != nil {
					t.Fatal(err)
				}
				for id, want := range c.want {
					a, _, err := find(t.Context(), inv, probity.Ref{ID: id})
					if err != nil {
						t.Fatal(err)
					}
					if got := shown(a.Labels); got != want {
						t.Errorf("%s: got %q, want %q", id, got, want)
					}
				}
			}
		})
	}
}

// TestWaysIntoAStore: an access point and a location of DataSync show what is in a bucket, so that nobody has to list or read
// them for its labels to be whole; what a task copies to such a place is in the bucket.
func TestWaysIntoAStore(t *testing.T) {
	t.Parallel()
	none, whole := probity.List[probity.Label]{}, probity.Whole(nil, label("iban"))
	sampled := probity.Open(probity.Gap{Reason: probity.Sampled}, nil, label("iban"))
	for _, kind := range []probity.Kind{kinds.S3AccessPoint, kinds.SyncLocation} {
		way := func(links ...probity.Link) probity.Asset {
			a := store("w", none, append(links, to(probity.ContainedIn, "b"))...)
			a.Kind = kind
			return a
		}
		for name, c := range map[string]struct {
			assets []probity.Asset
			want   string
		}{
			"a bucket that was read":                {[]probity.Asset{store("b", whole), way()}, "iban whole"},
			"one that was sampled":                  {[]probity.Asset{store("b", sampled), way()}, "iban sampled"},
			"one that nobody read":                  {[]probity.Asset{store("b", none), way()}, "not-collected"},
			"what was copied to it":                 {[]probity.Asset{store("b", whole), store("s", whole), way(to(probity.CopyOf, "s"))}, "iban w.iban<s whole"},
			"what was copied to it, and is sampled": {[]probity.Asset{store("b", whole), store("s", sampled), way(to(probity.CopyOf, "s"))}, "iban w.iban<s sampled"},
			"beside a store that nobody read":       {[]probity.Asset{store("b", whole), way(), store("t", none, to(probity.ContainedIn, "b"))}, "iban not-collected"},
		} {
			t.Run(string(kind)+" "+name, func(t *testing.T) {
				t.Parallel()
				if got := shown(run(t, c.assets)["b"].Labels); got != c.want {
					t.Errorf("got %s, want %s", got, c.want)
				}
			})
		}
	}
}

func TestLabelsNeverReachAnAccount(t *testing.T) {
	t.Parallel()
	account := probity.Asset{Ref: probity.Ref{ID: "acct"}, Kind: "aws.account", Class: probity.Account}
	got := run(t, []probity.Asset{account, store("db", probity.Whole(nil, label("iban")), to(probity.ContainedIn, "acct"))}, listing("acct", nil))
	if !got["acct"].Labels.IsZero() {
		t.Errorf("got %q, want nothing", shown(got["acct"].Labels))
	}
}

func TestContainedIsNamedAsItsContainerWould(t *testing.T) {
	t.Parallel()
	table := store("postgres://h/db/public.users", probity.Whole(nil, label("email")), to(probity.ContainedIn, "arn:db"))
	table.Name = "public.users"
	got := run(t, []probity.Asset{store("arn:db", probity.List[probity.Label]{}), table}, listing("arn:db", nil))
	if s := shown(got["arn:db"].Labels); s != "public.users.email<postgres://h/db/public.users whole" {
		t.Errorf("got %q", s)
	}
}

func TestCopyNobodyReadSaysSo(t *testing.T) {
	t.Parallel()
	got := run(t, []probity.Asset{store("s", probity.Whole(nil, label("iban"))), store("c", probity.List[probity.Label]{}, to(probity.CopyOf, "s"))})
	_, g := got["c"].Labels.Value()
	if g == nil || g.Because != "the copy itself was not read" {
		t.Errorf("got %v, want why the copy is open", g)
	}
	if e := got["c"].Labels.From().Derived; len(e) != 1 || e[0].Fact != "labels" || e[0].Asset.ID != "c" {
		t.Errorf("got evidence %v, want the copy's own labels", e)
	}
}

// losing is an inventory that lost an asset between the walk and the look at it.
type losing struct {
	*Slice
	lost string
}

func (l losing) Assets(ctx context.Context, q Query) iter.Seq2[probity.Asset, error] {
	if q.Ref.ID == l.lost {
		return func(func(probity.Asset, error) bool) {}
	}
	return l.Slice.Assets(ctx, q)
}

func TestLabelsGoOnBehindALostAsset(t *testing.T) {
	t.Parallel()
	whole, none := probity.Whole(nil, label("iban")), probity.List[probity.Label]{}
	inv := losing{NewSlice(pointers([]probity.Asset{store("s", whole), store("a", none, to(probity.CopyOf, "s")), store("b", none, to(probity.CopyOf, "s"))}), nil), "a"}
	if err := Run(t.Context(), inv); err != nil {
		t.Fatal(err)
	}
	b, _, err := find(t.Context(), inv, probity.Ref{ID: "b"})
	if got := shown(b.Labels); err != nil || !strings.HasPrefix(got, "iban<s") {
		t.Errorf("got %s, %v; want the label of s", got, err)
	}
}
