package historytest

import (
	"fmt"
	"testing"
	"time"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/reports/history"
)

// elsewhere: what one process publishes, prunes and waives, another that has the history open tells at once, though it holds in memory
// what it counts.
func elsewhere(t *testing.T, at Place) {
	d := open(t, at)
	other, err := at.Open()
	if err != nil {
		t.Fatal(err)
	}
	began := d.now
	one := history.Bounds{Tags: map[string][]string{"team": {"one"}}}
	tagged := func(name, team string) *probity.Asset {
		b := d.bucket(name)
		b.Tags, b.Exposure.Public = probity.Known(map[string]string{"Name": name, "team": team}, nil), known(true)
		return b
	}
	first, second := tagged("first", "one"), tagged("second", "two")
	var night history.Record
	for _, step := range []struct {
		name     string
		do       func()
		assets   int64 // of all
		open     int64
		within   int64 // assets that the team sees
		failing  int64 // outcomes of it
		unknowns int64
	}{
		{"nothing", func() {}, 0, 0, 0, 0, 0},
		{"a first scan", func() { night = d.night() }, 2, 2, 1, 1, 0},
		{"a store that cannot be read", func() {
			first.Exposure.Public = probity.Missing[bool](probity.Gap{Reason: probity.Denied, Needs: "s3:GetBucketPolicy"}, nil)
			d.night()
		}, 2, 1, 1, 0, 1},
		{"one more", func() { tagged("third", "one"); d.night() }, 3, 2, 2, 1, 1},
		{"one that changed hands", func() {
			second.Tags = probity.Known(map[string]string{"Name": "second", "team": "one"}, nil)
			d.night()
		}, 3, 2, 3, 2, 1},
		{"a waiver", func() {
			_, err := d.s.Waive(d.ctx(), history.Waiver{Fingerprint: d.finding(public, id("second")).Fingerprint, Reason: "r", Owner: "o", By: "b", At: began, Expires: began.AddDate(3, 0, 0)}, one)
			if err != nil {
				t.Fatal(err)
			}
		}, 3, 1, 3, 2, 1},
		{"a series that sees one alone", func() {
			d.series, d.assets = "other", map[string]*probity.Asset{second.ID: second}
			d.night()
		}, 3, 1, 3, 2, 1},
		{"more than a year later", func() { d.now = began.AddDate(1, 3, 0); d.night() }, 3, 1, 3, 2, 1},
		{"the first series forgotten", func() {
			if err := d.s.Prune(d.ctx(), history.Retention{Details: 400 * 24 * time.Hour}); err != nil {
				t.Fatal(err)
			}
		}, 1, 0, 1, 1, 0},
	} {
		step.do()
		for name, s := range map[string]*history.Store{"here": d.s, "elsewhere": other} {
			all, err := s.Posture(d.ctx(), history.PostureQuery{})
			if err != nil {
				t.Fatal(err)
			}
			within, err := s.Posture(d.ctx(), history.PostureQuery{Bounds: one})
			if err != nil {
				t.Fatal(err)
			}
			unknowns, err := s.Unknowns(d.ctx(), history.UnknownsQuery{Bounds: one})
			if err != nil {
				t.Fatal(err)
			}
			got := fmt.Sprint(all.Assets, all.States[history.Open], within.Assets, within.Now.Verdicts[probity.Fail], unknowns.Outcomes)
			if want := fmt.Sprint(step.assets, step.open, step.within, step.failing, step.unknowns); got != want {
				t.Errorf("%s, %s: got assets, open, of the team, failing, unknown %s, want %s", step.name, name, got, want)
			}
		}
	}
	if _, err := d.s.Scan(d.ctx(), night.ID); err == nil {
		t.Error("nothing was pruned")
	}
}
