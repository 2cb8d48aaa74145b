package historytest

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/reports/history"
)

// snapshots: each night makes a snapshot and removes the oldest, and what is wrong with them all is one finding.
func snapshots(t *testing.T, at Place) {
	d := open(t, at)
	b := d.bucket("orders")
	var first, last string
	var r history.Record
	for night := range 4 {
		name := "snapshot:rds:orders-" + d.now.Format("2006-01-02-03-04")
		s := d.bucket(name)
		s.Class = probity.Snapshot
		s.Links = probity.Whole(nil, probity.Link{Kind: probity.SnapshotOf, To: b.Ref})
		s.Exposure.Public = known(true)
		if night == 0 {
			first = s.ID
		}
		if night == 2 {
			delete(d.assets, first)
		}
		last = s.ID
		r = d.night()
	}
	life, err := d.s.Life(d.ctx(), probity.Fingerprint(public, probity.Ref{ID: first}, "exposure.public", ""), history.Bounds{})
	if err != nil {
		t.Fatal(err)
	}
	again, err := d.s.Life(d.ctx(), probity.Fingerprint(public, probity.Ref{ID: last}, "exposure.public", ""), history.Bounds{})
	if err != nil || again.ID != life.ID {
		t.Errorf("got %+v, %v, want one finding for all of the series", again, err)
	}
	if !slices.Equal(events(life), []history.Event{history.Appeared}) || life.State != history.Open || !life.LastSeen.Equal(d.now.Add(-24*time.Hour)) {
		t.Errorf("got %v, seen last %s, want nothing after it appeared", events(life), life.LastSeen)
	}
	if changes := d.changes(r); len(changes) > 0 {
		t.Errorf("got %+v, want no change", changes)
	}
	for a := range d.assets {
		if a != b.ID {
			delete(d.assets, a)
		}
	}
	d.night()
	if life = d.finding(public, first); life.State != history.Fixed {
		t.Errorf("got %s, want it fixed once all snapshots are gone", life.State)
	}
	other := d.bucket("snapshot:before-migration")
	other.Class, other.Exposure.Public = probity.Snapshot, known(true)
	d.night()
	if got := d.finding(public, other.ID); got.ID == life.ID {
		t.Error("a snapshot with a name of its own counts with the series")
	}
}

// names: a finding lives on where its asset is called otherwise, and its rule.
func names(t *testing.T, at Place) {
	t.Run("moved", func(t *testing.T) {
		d := open(t, at)
		b := d.bucket("before")
		b.Exposure.Public = known(true)
		d.night()
		delete(d.assets, b.ID)
		moved := d.bucket("after")
		moved.Exposure.Public, moved.Former = known(true), []probity.Ref{b.Ref}
		d.night()
		got := d.finding(public, moved.ID)
		if !slices.Equal(events(got), []history.Event{history.Appeared}) || got.State != history.Open || d.finding(public, b.ID).ID != got.ID {
			t.Errorf("got %v, want one life under both names", events(got))
		}
	})
	t.Run("moved into view", func(t *testing.T) {
		d := open(t, at)
		d.series = "into view"
		b := d.bucket("hidden")
		b.Exposure.Public = known(true)
		d.night()
		w := history.Waiver{Fingerprint: probity.Fingerprint(public, b.Ref, "exposure.public", ""), Reason: "known", Owner: "ann", By: "bob", Expires: now().AddDate(0, 1, 0)}
		if _, err := d.s.Waive(d.ctx(), w, history.Bounds{}); err != nil {
			t.Fatal(err)
		}
		delete(d.assets, b.ID)
		moved := d.bucket("shown")
		moved.Former, moved.Tags = []probity.Ref{b.Ref}, probity.Known(map[string]string{"team": "a"}, nil)
		d.night()
		moved.Exposure.Public = known(true)
		d.night()
		l, err := d.s.Life(d.ctx(), probity.Fingerprint(public, moved.Ref, "exposure.public", ""), history.Bounds{Tags: map[string][]string{"team": {"a"}}})
		if err != nil || len(l.Waivers) != 1 || strings.Contains(plainly(t, l), b.ID) {
			t.Errorf("got %+v, %v, want its waiver, without where it was before", l, err)
		}
	})
	t.Run("another source", func(t *testing.T) {
		d := open(t, at)
		d.series = "by address"
		b := d.bucket("clinic")
		delete(d.assets, b.ID)
		b.ID = "postgres://db.example.org:5432/clinic"
		d.assets[b.ID] = b
		b.Exposure.Public = known(true)
		d.night()
		delete(d.assets, b.ID)
		d.series = "by account"
		listed := d.bucket("clinic")
		listed.Aliases, listed.Exposure.Public = []string{b.ID}, known(true)
		d.night()
		if got := d.finding(public, listed.ID); got.ID != d.finding(public, b.ID).ID || !slices.Equal(events(got), []history.Event{history.Appeared}) {
			t.Errorf("got %v, want one life in both sources", events(got))
		}
	})
	t.Run("rule", func(t *testing.T) {
		d := open(t, at)
		d.series = "rule"
		b := d.bucket("renamed")
		b.Owner = probity.Known("", nil)
		d.rules[0].ID = "owner-known"
		d.renamed = map[string]string{"owner-known": owned}
		d.night()
		was, err := d.s.Life(d.ctx(), probity.Fingerprint("owner-known", b.Ref, "owner", ""), history.Bounds{})
		if err != nil {
			t.Fatal(err)
		}
		d.rules = newEstate().rules
		d.rules[0].Aliases = []string{"owner-known"}
		d.night()
		if got := d.finding(owned, b.ID); got.ID != was.ID || got.State != history.Open || len(got.Moments) != 1 {
			t.Errorf("got %v, want the life that it had under its old name", events(got))
		}
	})
}

// several: two series see one store. It is fixed when the newest look at it shows that.
func several(t *testing.T, at Place) {
	d := open(t, at)
	d.series = "nightly"
	b := d.bucket("clients")
	b.Exposure.Public = known(true)
	d.night()
	d.series = "by hand"
	d.night()
	b.Exposure.Public = known(false)
	d.night()
	if got := d.finding(public, b.ID); got.State != history.Fixed {
		t.Errorf("got %s, want it fixed by the scan that read it last", got.State)
	}
	b.Exposure.Public = known(true)
	d.series = "nightly"
	d.night() // nothing changed since this series saw it last
	got := d.finding(public, b.ID)
	if want := []history.Event{history.Appeared, history.WentAway, history.Reopened}; !slices.Equal(events(got), want) {
		t.Errorf("got %v, want %v", events(got), want)
	}
}
