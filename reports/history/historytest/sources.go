package historytest

import (
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/reports/cause"
	"github.com/probity-scan/probity/reports/history"
)

// sources: a store is seen by several series, under several names, by scans that come in any order. What holds is what the scan that
// looked last could tell.
func sources(t *testing.T, at Place) {
	denied := probity.Gap{Reason: probity.Denied, Needs: "s3:GetBucketPolicy"}
	// by takes in what is there, as one of two series that are the case's own.
	by := func(d *diary, series string) { d.series = d.Name() + series; d.night() }
	for name, c := range map[string]struct {
		do   func(*diary, *probity.Asset)
		want []history.Event
	}{
		"another saw it, and it passes as it always did here": {func(d *diary, b *probity.Asset) {
			by(d, "nightly")
			b.Exposure.Public = known(true)
			by(d, "by hand")
			b.Exposure.Public = known(false)
			by(d, "nightly")
		}, []history.Event{history.Appeared, history.WentAway}},
		"another saw it, and this one lost a permission": {func(d *diary, b *probity.Asset) {
			by(d, "nightly")
			b.Exposure.Public = known(true)
			by(d, "by hand")
			b.Exposure.Public = probity.Missing[bool](denied, nil)
			by(d, "nightly")
		}, []history.Event{history.Appeared}},
		"gone under a complete listing of another": {func(d *diary, b *probity.Asset) {
			b.Exposure.Public = known(true)
			by(d, "by hand")
			by(d, "nightly")
			delete(d.assets, b.ID)
			by(d, "nightly")
		}, []history.Event{history.Appeared, history.WentAway}},
		"gone for another that never saw it": {func(d *diary, b *probity.Asset) {
			b.Exposure.Public = known(true)
			by(d, "by hand")
			delete(d.assets, b.ID)
			d.coverage = nil
			by(d, "nightly")
		}, []history.Event{history.Appeared}},
		"gone, and back": {func(d *diary, b *probity.Asset) {
			b.Exposure.Public = known(true)
			by(d, "by hand")
			by(d, "nightly")
			delete(d.assets, b.ID)
			by(d, "nightly")
			d.assets[b.ID] = b
			by(d, "by hand")
		}, []history.Event{history.Appeared, history.WentAway, history.Reopened}},
		"an older scan of another sees what is fixed": {func(d *diary, b *probity.Asset) {
			b.Exposure.Public = known(true)
			by(d, "nightly")
			b.Exposure.Public = known(false)
			by(d, "nightly")
			d.now = d.now.Add(-36 * time.Hour)
			b.Exposure.Public = known(true)
			by(d, "by hand")
		}, []history.Event{history.Appeared, history.WentAway}},
		"an older scan of another, and a newer one that still sees it": {func(d *diary, b *probity.Asset) {
			b.Exposure.Public = known(true)
			by(d, "nightly")
			b.Exposure.Public = known(false)
			by(d, "nightly")
			d.now = d.now.Add(-36 * time.Hour)
			b.Exposure.Public = known(true)
			by(d, "by hand")
			d.now = d.now.Add(36 * time.Hour)
			by(d, "by hand")
		}, []history.Event{history.Appeared, history.WentAway, history.Reopened}},
		"an older scan of another passes": {func(d *diary, b *probity.Asset) {
			b.Exposure.Public = known(true)
			by(d, "nightly")
			d.now = d.now.Add(-36 * time.Hour)
			b.Exposure.Public = known(false)
			by(d, "by hand")
		}, []history.Event{history.Appeared}},
		"renamed, and a permission lost at once": {func(d *diary, b *probity.Asset) {
			b.Exposure.Public = known(true)
			by(d, "nightly")
			delete(d.assets, b.ID)
			b.Former, b.ID = []probity.Ref{b.Ref}, b.ID+"-renamed"
			d.assets[b.ID] = b
			b.Exposure.Public = probity.Missing[bool](denied, nil)
			by(d, "nightly")
			b.Exposure.Public = known(true)
			by(d, "nightly")
			b.Exposure.Public = known(false)
			by(d, "nightly")
		}, []history.Event{history.Appeared, history.Lost, history.Back, history.WentAway}},
		"renamed, and mended at once": {func(d *diary, b *probity.Asset) {
			b.Exposure.Public = known(true)
			by(d, "nightly")
			delete(d.assets, b.ID)
			b.Former, b.ID = []probity.Ref{b.Ref}, b.ID+"-renamed"
			d.assets[b.ID] = b
			b.Exposure.Public = known(false)
			by(d, "nightly")
		}, []history.Event{history.Appeared, history.WentAway}},
		"renamed, and another series mends it": {func(d *diary, b *probity.Asset) {
			b.Exposure.Public = known(true)
			by(d, "nightly")
			delete(d.assets, b.ID)
			b.Former, b.ID = []probity.Ref{b.Ref}, b.ID+"-renamed"
			d.assets[b.ID] = b
			by(d, "by hand")
			b.Exposure.Public = known(false)
			by(d, "by hand")
		}, []history.Event{history.Appeared, history.WentAway}},
		"listed by an account first, then by address": {func(d *diary, b *probity.Asset) {
			address := "postgres://db.example.org:5432/" + d.Name()
			b.Aliases, b.Exposure.Public = []string{address}, known(true)
			by(d, "by account")
			delete(d.assets, b.ID)
			x := d.bucket(address)
			delete(d.assets, x.ID)
			x.ID, x.Exposure.Public = address, known(true)
			d.assets = map[string]*probity.Asset{x.ID: x}
			d.coverage = nil
			by(d, "by address")
			x.Exposure.Public = known(false)
			by(d, "by address")
		}, []history.Event{history.Appeared, history.WentAway}},
		"by address first, and mended by account": {func(d *diary, b *probity.Asset) {
			address := "postgres://db.example.org:5432/" + d.Name()
			x := d.bucket(address)
			delete(d.assets, x.ID)
			x.ID, x.Exposure.Public = address, known(true)
			d.assets = map[string]*probity.Asset{x.ID: x}
			by(d, "by address")
			b.Aliases, b.Exposure.Public = []string{address}, known(true)
			d.assets = map[string]*probity.Asset{b.ID: b}
			by(d, "by account")
			b.Exposure.Public = known(false)
			by(d, "by account")
		}, []history.Event{history.Appeared, history.WentAway}},
		"a waiver that lapses while the target fails": {func(d *diary, b *probity.Asset) {
			b.Exposure.Public = known(true)
			d.waived[b.ID] = &probity.Waiver{Kind: probity.AcceptedRisk, Rule: public, Asset: b.ID, Reason: "a fair", Owner: "anna", Until: d.now.Add(36 * time.Hour)}
			by(d, "nightly")
			delete(d.assets, b.ID)
			d.coverage = nil
			by(d, "nightly")
			delete(d.waived, b.ID)
			by(d, "nightly")
			d.assets[b.ID] = b
			by(d, "nightly")
		}, []history.Event{history.Appeared, history.Lost, history.Lapsed}},
		"a waiver that is taken out while the target fails": {func(d *diary, b *probity.Asset) {
			b.Exposure.Public = known(true)
			d.waived[b.ID] = &probity.Waiver{Kind: probity.AcceptedRisk, Rule: public, Asset: b.ID, Reason: "a fair", Owner: "anna", Until: d.now.Add(999 * time.Hour)}
			by(d, "nightly")
			b.Exposure.Public = probity.Missing[bool](denied, nil)
			by(d, "nightly")
			b.Exposure.Public = known(true)
			delete(d.waived, b.ID)
			by(d, "nightly")
		}, []history.Event{history.Appeared, history.Lost, history.Revoked}},
		"a waiver that holds while the target fails": {func(d *diary, b *probity.Asset) {
			b.Exposure.Public = known(true)
			d.waived[b.ID] = &probity.Waiver{Kind: probity.AcceptedRisk, Rule: public, Asset: b.ID, Reason: "a fair", Owner: "anna", Until: d.now.Add(999 * time.Hour)}
			by(d, "nightly")
			b.Exposure.Public = probity.Missing[bool](denied, nil)
			by(d, "nightly")
			b.Exposure.Public = known(true)
			by(d, "nightly")
		}, []history.Event{history.Appeared, history.Lost, history.Back}},
		"a permission lost and had again, and then it is gone": {func(d *diary, b *probity.Asset) {
			b.Exposure.Public = known(true)
			by(d, "nightly")
			b.Exposure.Public = probity.Missing[bool](denied, nil)
			by(d, "nightly")
			by(d, "nightly")
			b.Exposure.Public = known(true)
			by(d, "nightly")
			delete(d.assets, b.ID)
			by(d, "nightly")
		}, []history.Event{history.Appeared, history.Lost, history.Back, history.WentAway}},
		"its rule is not asked, is again, and passes": {func(d *diary, b *probity.Asset) {
			b.Exposure.Public = known(true)
			by(d, "nightly")
			d.rules = d.rules[:2]
			by(d, "nightly")
			b.Exposure.Public = known(false)
			by(d, "nightly")
			d.rules = newEstate().rules
			by(d, "nightly")
		}, []history.Event{history.Appeared, history.Lost, history.WentAway}},
	} {
		t.Run(name, func(t *testing.T) {
			d := open(t, at)
			b := d.bucket(name)
			first := b.ID
			c.do(d, b)
			got := d.finding(public, first)
			if diff := cmp.Diff(c.want, events(got)); diff != "" {
				t.Errorf("events (-want +got):\n%s", diff)
			}
			for i, m := range got.Moments {
				if i > 0 && m.Cause == "" {
					t.Errorf("%s has no cause", m.Event)
				}
			}
		})
	}
}

// mapped: a store that two series see stays on the data map where the younger one loses sight of it.
func mapped(t *testing.T, at Place) {
	d := open(t, at)
	b := d.bucket("clients")
	b.Labels = probity.Whole(nil, label("mail"))
	d.series = "first"
	d.night()
	d.series = "second"
	d.night()
	delete(d.assets, b.ID)
	d.coverage = nil
	d.night()
	for name, q := range map[string]history.MapQuery{"all": {}, "of a category": {Category: label("mail").Category}, "of an account": {Account: "aws/1"}} {
		if m, err := d.s.DataMap(d.ctx(), q); err != nil || m.Stores != 1 || len(m.Rows) != 1 {
			t.Errorf("%s: got %+v, %v, want the one store", name, m, err)
		}
	}
	if m, err := d.s.DataMap(d.ctx(), history.MapQuery{Account: "aws/2"}); err != nil || m.Stores != 0 {
		t.Errorf("got %+v, %v, want none in another account", m, err)
	}
}

// unreadable: snapshots come and go, and nobody can tell any more what is wrong with them.
func unreadable(t *testing.T, at Place) {
	d := open(t, at)
	b := d.bucket("orders")
	var all []*probity.Asset
	snapshot := func(public probity.Fact[bool]) {
		s := d.bucket("snapshot:rds:orders-" + d.now.Format("2006-01-02-03-04"))
		s.Class, s.Exposure.Public = probity.Snapshot, public
		s.Links = probity.Whole(nil, probity.Link{Kind: probity.SnapshotOf, To: b.Ref})
		all = append(all, s)
		if len(all) > 2 {
			delete(d.assets, all[len(all)-3].ID)
		}
		d.night()
	}
	snapshot(known(true))
	snapshot(known(true))
	denied := probity.Missing[bool](probity.Gap{Reason: probity.Denied, Needs: "rds:DescribeDBSnapshotAttributes"}, nil)
	for range 3 {
		snapshot(denied)
	}
	if got := d.finding(public, all[0].ID); !slices.Equal(events(got), []history.Event{history.Appeared, history.Lost}) || got.Cause != cause.Coverage {
		t.Errorf("got %v by %s, want it not seen, since nobody can read what there is", events(got), got.Cause)
	}
	snapshot(known(true))
	if got := d.finding(public, all[5].ID); got.State != history.Open || got.Event != history.Back {
		t.Errorf("got %s by %s, want it seen again", got.State, got.Event)
	}
	snapshot(known(false))
	snapshot(known(false))
	if got := d.finding(public, all[0].ID); got.State != history.Fixed {
		t.Errorf("got %s, want it fixed: all that there is passes", got.State)
	}
}

// otherElements: a rule that fails for one thing proves nothing of another that nobody looked at.
func otherElements(t *testing.T, at Place) {
	for name, c := range map[string]struct {
		gap  *probity.Gap
		want history.Standing
	}{
		"all was read":                  {nil, history.Fixed},
		"a sample":                      {&probity.Gap{Reason: probity.Sampled}, history.Unseen},
		"nobody looked into it":         {&probity.Gap{Reason: probity.NotCollected}, history.Unseen},
		"a permission was lost":         {&probity.Gap{Reason: probity.Denied}, history.Unseen},
		"there is no more to be looked": {&probity.Gap{Reason: probity.NotApplicable}, history.Fixed},
	} {
		t.Run(name, func(t *testing.T) {
			d := open(t, at)
			d.series = name
			b := d.bucket(name)
			b.Labels = probity.Whole(nil, label("a"), label("b"))
			d.elements = true
			d.night()
			if b.Labels = probity.Whole(nil, label("b")); c.gap != nil {
				b.Labels = probity.Open(*c.gap, nil, label("b"))
			}
			d.night()
			l, err := d.s.Life(d.ctx(), probity.Fingerprint(holding, b.Ref, "labels", "a"), history.Bounds{})
			if err != nil || l.State != c.want {
				t.Errorf("got %s, %v, want %s", l.State, err, c.want)
			}
		})
	}
}

// handedOver: a finding of a store that changed hands shows to whom the store is now.
func handedOver(t *testing.T, at Place) {
	one, two := history.Bounds{Tags: map[string][]string{"team": {"one"}}}, history.Bounds{Tags: map[string][]string{"team": {"two"}}}
	tags := func(a *probity.Asset, team string) { a.Tags = probity.Known(map[string]string{"team": team}, nil) }
	for name, do := range map[string]func(d *diary, b *probity.Asset){
		"its tags changed": func(d *diary, b *probity.Asset) {
			tags(b, "two")
			d.night()
		},
		"renamed": func(d *diary, b *probity.Asset) {
			delete(d.assets, b.ID)
			b.Former, b.ID = []probity.Ref{b.Ref}, b.ID+"-renamed"
			b.Name += "-renamed"
			d.assets[b.ID] = b
			tags(b, "two")
			d.night()
		},
		"renamed, and then handed over": func(d *diary, b *probity.Asset) {
			delete(d.assets, b.ID)
			b.Former, b.ID = []probity.Ref{b.Ref}, b.ID+"-renamed"
			b.Name += "-renamed"
			d.assets[b.ID] = b
			d.night()
			tags(b, "two")
			d.night()
		},
		"renamed, and unreadable": func(d *diary, b *probity.Asset) {
			delete(d.assets, b.ID)
			b.Former, b.ID = []probity.Ref{b.Ref}, b.ID+"-renamed"
			b.Name += "-renamed"
			b.Exposure.Public = probity.Missing[bool](probity.Gap{Reason: probity.Denied}, nil)
			d.assets[b.ID] = b
			tags(b, "two")
			d.night()
			if l, err := d.s.Life(d.ctx(), probity.Fingerprint(public, b.Ref, "exposure.public", ""), two); err != nil || l.State != history.Unseen || l.Asset != b.Ref {
				d.Errorf("got %+v, %v, want it not seen on the store as it is called now", l.Known, err)
			}
			b.Exposure.Public = known(true)
			d.night()
		},
		"the next snapshot": func(d *diary, b *probity.Asset) {
			delete(d.assets, b.ID)
			b.Class = probity.Snapshot
			b.Name = "b-2026-01-01"
			b.ID = id(d.series + b.Name)
			d.assets[b.ID] = b
			d.night()
			c := *b
			c.Name = "b-2026-01-02"
			c.ID = id(d.series + c.Name)
			d.assets[c.ID] = &c
			tags(&c, "two")
			d.night()
			delete(d.assets, b.ID)
			d.night()
			*b = c
		},
	} {
		t.Run(name, func(t *testing.T) {
			d := open(t, at)
			d.series = name
			b := d.bucket(name)
			old := b.Ref
			b.Exposure.Public = known(true)
			tags(b, "one")
			d.night()
			do(d, b)
			for who, bounds := range map[string]history.Bounds{"one": one, "two": two} {
				got, err := d.s.Findings(d.ctx(), history.FindingsQuery{Series: d.series, States: []history.Standing{history.Open}, Bounds: bounds})
				if err != nil {
					t.Fatal(err)
				}
				want := map[string]int{"one": 0, "two": 1}[who]
				if len(got.Rows) != want {
					t.Fatalf("%s is told of %d findings, want %d", who, len(got.Rows), want)
				}
				for _, k := range got.Rows {
					if k.Asset != b.Ref || k.Fingerprint != probity.Fingerprint(public, b.Ref, "exposure.public", "") || k.Message != public+" fails on "+b.Name {
						t.Errorf("got %+v, want what is said of %s", k, b.ID)
					}
				}
				_, err = d.s.Life(d.ctx(), probity.Fingerprint(public, old, "exposure.public", ""), bounds)
				if (err == nil) != (want == 1) && name != "the next snapshot" {
					t.Errorf("%s: got %v for the fingerprint that it had", who, err)
				}
			}
		})
	}
}
