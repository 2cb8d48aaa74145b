package historytest

import (
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/reports/cause"
	"github.com/probity-scan/probity/reports/history"
)

// life: a finding is first seen, goes on being seen, is fixed and comes again.
func life(t *testing.T, at Place) {
	d := open(t, at)
	b := d.bucket("clients")
	began := d.now
	d.night()
	if _, err := d.s.Life(d.ctx(), "0123", history.Bounds{}); !errors.Is(err, history.ErrUnknown) {
		t.Errorf("got %v, want that there is none", err)
	}
	b.Exposure.Public = known(true)
	appeared := d.now
	d.night()
	d.night()
	got := d.finding(public, b.ID)
	if !got.FirstSeen.Equal(appeared) || !got.LastSeen.Equal(appeared.Add(24*time.Hour)) || got.State != history.Open || got.Severity != probity.High {
		t.Errorf("got %+v, want it open, seen first %s and last a day later", got, appeared)
	}
	b.Exposure.Public = known(false)
	d.night()
	got = d.finding(public, b.ID)
	if got.State != history.Fixed || !got.LastSeen.Equal(appeared.Add(24*time.Hour)) {
		t.Errorf("got %+v, want it fixed", got)
	}
	b.Exposure.Public = known(true)
	d.night()
	got = d.finding(public, b.ID)
	if want := []history.Event{history.Appeared, history.WentAway, history.Reopened}; !slices.Equal(events(got), want) || !got.FirstSeen.Equal(appeared) {
		t.Errorf("got %v since %s, want %v", events(got), got.FirstSeen, want)
	}
	for _, m := range got.Moments {
		if m.Cause != cause.Estate {
			t.Errorf("%s: got the cause %q, want the estate", m.Event, m.Cause)
		}
	}
	open, err := d.s.Findings(d.ctx(), history.FindingsQuery{})
	if err != nil || len(open.Rows) != 1 || open.Rows[0].Asset.ID != b.ID {
		t.Errorf("got %+v, %v, want the one finding", open, err)
	}
	all, err := d.s.Scans(d.ctx(), history.ScansQuery{})
	if err != nil || len(all) != 5 || !all[4].Started.Equal(began) || all[0].State != history.Complete || all[0].Findings != 1 {
		t.Errorf("got %+v, %v, want five scans", all, err)
	}
}

// evidence: a finding is fixed only where a scan shows it.
func evidence(t *testing.T, at Place) {
	denied := probity.Gap{Reason: probity.Denied, Needs: "s3:GetBucketPolicy"}
	for name, c := range map[string]struct {
		later func(*diary, *probity.Asset)
		want  history.Standing
	}{
		"read again, and passes":        {func(_ *diary, a *probity.Asset) { a.Exposure.Public = known(false) }, history.Fixed},
		"gone under a complete listing": {func(d *diary, a *probity.Asset) { delete(d.assets, a.ID) }, history.Fixed},
		"a permission was lost":         {func(_ *diary, a *probity.Asset) { a.Exposure.Public = probity.Missing[bool](denied, nil) }, history.Unseen},
		"nobody listed it":              {func(d *diary, a *probity.Asset) { delete(d.assets, a.ID); d.coverage = nil }, history.Unseen},
		"its listing failed":            {func(d *diary, a *probity.Asset) { delete(d.assets, a.ID); d.coverage[0].Gap = &denied }, history.Unseen},
		"the scope was narrower": {func(d *diary, a *probity.Asset) {
			delete(d.assets, a.ID)
			d.coverage[0].Gap = &probity.Gap{Reason: probity.Filtered}
		}, history.Unseen},
		"the scan was stopped": {func(d *diary, a *probity.Asset) {
			delete(d.assets, a.ID)
			d.trouble = []probity.Trouble{{What: "interrupted", Gap: denied}}
		}, history.Unseen},
		"the rule was not asked":         {func(d *diary, _ *probity.Asset) { d.rules = d.rules[:2] }, history.Unseen},
		"it goes on":                     {func(*diary, *probity.Asset) {}, history.Open},
		"it is another kind of data now": {func(_ *diary, a *probity.Asset) { a.Labels = probity.Whole(nil, label("b")) }, history.Open},
	} {
		t.Run(name, func(t *testing.T) {
			d := open(t, at)
			d.series = name
			b := d.bucket(name)
			b.Exposure.Public = known(true)
			d.night()
			c.later(d, b)
			d.night()
			got := d.finding(public, b.ID)
			if got.State != c.want {
				t.Errorf("got %s by %s, want %s", got.State, got.Event, c.want)
			}
			if c.want == history.Unseen && got.Cause != cause.Coverage && name != "the rule was not asked" {
				t.Errorf("got the cause %q, want coverage", got.Cause)
			}
		})
	}
	t.Run("a sample missed it", func(t *testing.T) {
		d := open(t, at)
		d.series = "sample"
		b := d.bucket("sampled")
		b.Labels = probity.Open(probity.Gap{Reason: probity.Sampled}, nil, label("a.csv:mail"))
		d.night()
		b.Labels = probity.Open[probity.Label](probity.Gap{Reason: probity.Sampled}, nil)
		d.night()
		if got := d.finding(holding, b.ID); got.State != history.Unseen {
			t.Errorf("got %s, want not seen", got.State)
		}
		b.Labels = probity.Whole[probity.Label](nil)
		d.night()
		got := d.finding(holding, b.ID)
		if want := []history.Event{history.Appeared, history.Lost, history.WentAway}; !slices.Equal(events(got), want) {
			t.Errorf("got %v, want %v", events(got), want)
		}
	})
}

// waivers: a finding is waived, and its waiver lapses or is taken back.
func waivers(t *testing.T, at Place) {
	d := open(t, at)
	b := d.bucket("clients")
	b.Exposure.Public = known(true)
	d.night()
	until := d.now.Add(36 * time.Hour)
	d.waived[b.ID] = &probity.Waiver{Kind: probity.AcceptedRisk, Rule: public, Asset: b.ID, Reason: "a fair", Owner: "anna", Until: until}
	d.night()
	got := d.finding(public, b.ID)
	if got.Moments[1].State != history.Waived || got.Owner != "anna" || !got.Lapses.Equal(until) {
		t.Errorf("got %+v, want it waived by anna until %s", got, until)
	}
	d.night()
	delete(d.waived, b.ID)
	d.night()
	d.waived[b.ID] = &probity.Waiver{Kind: probity.AcceptedRisk, Rule: public, Asset: b.ID, Reason: "a fair", Owner: "anna", Until: d.now.Add(9999 * time.Hour)}
	d.night()
	delete(d.waived, b.ID)
	d.night()
	got = d.finding(public, b.ID)
	want := []history.Event{history.Appeared, history.Accepted, history.Lapsed, history.Accepted, history.Revoked}
	if diff := cmp.Diff(want, events(got)); diff != "" {
		t.Errorf("events (-want +got):\n%s", diff)
	}
}

// lapsed: a waiver whose last day is over holds no more, also before the next scan says so.
func lapsed(t *testing.T, at Place) {
	d := open(t, at)
	for name, until := range map[string]time.Time{"over": now(), "not over": now().Add(time.Second), "without a day": {}} {
		b := d.bucket(name)
		b.Exposure.Public = known(true)
		d.waived[b.ID] = &probity.Waiver{Kind: probity.AcceptedRisk, Rule: public, Asset: b.ID, Reason: "a fair", Owner: "anna", Until: until}
	}
	d.night()
	for step, want := range map[history.Standing][]string{history.Open: {id("over")}, history.Waived: {id("not over"), id("without a day")}} {
		got, err := d.s.Findings(d.ctx(), history.FindingsQuery{States: []history.Standing{step}})
		if err != nil {
			t.Fatal(err)
		}
		var names []string
		for _, k := range got.Rows {
			names = append(names, k.Asset.ID)
			if k.State != step || d.finding(public, k.Asset.ID).State != step {
				t.Errorf("%s: got %s, want %s", k.Asset.ID, k.State, step)
			}
		}
		if slices.Sort(names); !slices.Equal(names, want) {
			t.Errorf("%s: got %q, want %q", step, names, want)
		}
	}
	p, err := d.s.Posture(d.ctx(), history.PostureQuery{})
	if err != nil || p.States[history.Open] != 1 || p.States[history.Waived] != 2 || p.Open[probity.High] != 1 {
		t.Errorf("got %+v, %v, want one open and two waived", p.States, err)
	}
}

// order: a scan that is older than the last of its series is refused, and one is not taken in twice.
func order(t *testing.T, at Place) {
	d := open(t, at)
	d.bucket("clients")
	old := d.now
	d.now = old.Add(48 * time.Hour)
	d.night()
	d.now = old
	if _, err := d.tryTake(d.scan(old)); err == nil {
		t.Error("an older scan is taken in")
	}
	d.now = old.Add(48 * time.Hour)
	if _, err := d.tryTake(d.scan(d.now)); err == nil {
		t.Error("a scan is taken in twice")
	}
	d.now = time.Time{}
	if _, err := d.tryTake(d.scan(d.now)); err == nil {
		t.Error("a scan of no time is taken in")
	}
	if all, err := d.s.Scans(d.ctx(), history.ScansQuery{}); err != nil || len(all) != 1 {
		t.Errorf("got %d scans, %v, want the one alone: what is refused leaves nothing", len(all), err)
	}
}
