package historytest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/reports"
	"github.com/probity-scan/probity/reports/history"
)

// rows counts those of the tables that grow with outcomes.
func (d *diary) rows() map[string]int {
	d.Helper()
	out := map[string]int{}
	for _, t := range []string{"span", "outcome", "change", "finding", "finding_name", "sighting", "standing", "asset", "asset_name", "doc", "unit", "rollup"} {
		var n int
		if err := d.s.DB().QueryRowContext(d.ctx(), "SELECT COUNT(*) FROM "+t).Scan(&n); err != nil {
			d.Fatal(err)
		}
		out[t] = n
	}
	return out
}

// unchanged: a night in which nothing changed writes nothing for assets, outcomes and findings.
func unchanged(t *testing.T, at Place) {
	d := open(t, at)
	for i := range 50 {
		b := d.bucket(fmt.Sprint("store-", i))
		b.Exposure.Public = known(i%3 == 0)
		l := label("mail")
		l.AsOf = d.now
		b.Labels = probity.Whole(nil, l)
	}
	d.night()
	before := d.rows()
	for range 5 {
		for _, a := range d.assets {
			l := label("mail")
			l.AsOf = d.now // read again
			a.Labels = probity.Whole(nil, l)
		}
		d.night()
	}
	if diff := cmp.Diff(before, d.rows()); diff != "" {
		t.Errorf("rows (-first +fifth night):\n%s", diff)
	}
	if got := d.finding(public, id("store-0")); !got.LastSeen.Equal(d.now.Add(-24 * time.Hour)) {
		t.Errorf("got it seen last %s, want the last night", got.LastSeen)
	}
	again := d.now.Add(10 * 24 * time.Hour)
	for _, a := range d.assets { // long after, the look is written down, and nothing else
		l := label("mail")
		l.AsOf = again
		a.Labels = probity.Whole(nil, l)
	}
	d.night()
	if diff := cmp.Diff(before, d.rows()); diff != "" {
		t.Errorf("rows (-first +last night):\n%s", diff)
	}
	if got, err := d.s.Known(d.ctx(), id("store-7")); err != nil || len(got) != 1 || !got[0].Labels.Items[0].AsOf.Equal(again) {
		t.Errorf("got %+v, %v, want labels of %s", got, err, again)
	}
}

// export: each scan comes out as it went in.
func export(t *testing.T, at Place) {
	d := open(t, at)
	b := d.bucket("clients")
	d.bucket("logs").Exposure.Public = probity.Missing[bool](probity.Gap{Reason: probity.Denied, Needs: "s3:GetBucketPolicy"}, nil)
	d.trouble = []probity.Trouble{{What: "rule x", Gap: probity.Gap{Reason: probity.Failed}}}
	var want []string
	var ids []string
	for night := range 3 {
		b.Exposure.Public = known(night == 1)
		if night == 2 {
			d.bucket("new")
		}
		var text bytes.Buffer
		scan := d.scan(d.now)
		if err := reports.JSON(&text, scan); err != nil {
			t.Fatal(err)
		}
		want = append(want, text.String())
		ids = append(ids, d.take(scan).ID)
	}
	for i, scan := range ids {
		got, err := d.s.Scan(d.ctx(), scan)
		if err != nil {
			t.Fatal(err)
		}
		var text bytes.Buffer
		if err := reports.JSON(&text, got); err != nil {
			t.Fatal(err)
		}
		clean := func(s string) string { return string(times(s)) }
		if diff := cmp.Diff(clean(want[i]), clean(text.String())); diff != "" {
			t.Errorf("scan %d (-in +out):\n%s", i, diff)
		}
	}
	if r, err := d.s.Record(d.ctx(), "last"); err != nil || r.ID != ids[2] {
		t.Errorf("got %+v, %v, want the last scan", r, err)
	}
	if r, err := d.s.Record(d.ctx(), "last~1"); err != nil || r.ID != ids[1] {
		t.Errorf("got %+v, %v, want the one before", r, err)
	}
	if r, err := d.s.Record(d.ctx(), ids[0][:20]); err != nil || r.ID != ids[0] {
		t.Errorf("got %+v, %v, want the one that begins so", r, err)
	}
	if _, err := d.s.Record(d.ctx(), "%"); !errors.Is(err, history.ErrUnknown) {
		t.Errorf("got %v, want that there is none", err)
	}
}

// parts: a store whose parts could not be listed has two outcomes of a rule, its own and that of the parts.
func parts(t *testing.T, at Place) {
	d := open(t, at)
	b := d.bucket("clients")
	b.Exposure.Public = known(true)
	scan := func() probity.Scan {
		s := d.scan(d.now)
		own := s.Outcomes
		denied := &probity.Gap{Reason: probity.Denied}
		s.Outcomes = func(yield func(probity.Outcome, error) bool) {
			for o, err := range own {
				if !yield(o, err) {
					return
				}
			}
			yield(probity.Outcome{Rule: public, Asset: b.Ref, Verdict: probity.Unknown, Evidence: []probity.Evidence{{Asset: b.Ref, Fact: "listing of tables", Gap: denied}},
				Findings: []probity.Finding{{Fingerprint: "parts", Asset: b.Ref, Fact: "listing of tables"}}}, nil)
		}
		return s
	}
	d.take(scan())
	if got := d.finding(public, b.ID); got.State != history.Open {
		t.Errorf("got %+v, want it open", got)
	}
	b.Exposure.Public = known(false)
	r := d.take(scan())
	if got := d.finding(public, b.ID); got.State != history.Fixed {
		t.Errorf("got %s, want it fixed: the store was read again", got.State)
	}
	changes := d.changes(r)
	if len(changes) != 1 || changes[0].Was != probity.Fail || changes[0].Is != probity.Unknown || r.Outcomes != 4 {
		t.Errorf("got %+v, and %d outcomes, want one change to unknown of four outcomes", changes, r.Outcomes)
	}
}

// times takes out when facts were read: those of an asset that did not change are of an earlier scan.
func times(s string) []byte {
	out := []byte(s)
	for {
		from := bytes.Index(out, []byte(`,"at":"`))
		if from < 0 {
			return out
		}
		to := from + 7 + bytes.IndexByte(out[from+7:], '"') + 1
		out = append(out[:from:from], out[to:]...)
	}
}

// many is an estate that is written in several transactions.
func (d *diary) many() {
	for i := range 2500 {
		d.bucket(fmt.Sprintf("store-%05d", i)).Exposure.Public = known(i%2 == 0)
	}
}

// cutOff: what a process left that died in the middle is never seen, and taken back.
func cutOff(t *testing.T, at Place) {
	d := open(t, at)
	d.many()
	first := d.night()
	before := d.rows()
	d.tool = "probity 2.0.0"
	for i := range 2500 {
		d.bucket(fmt.Sprintf("store-%05d", i)).Exposure.Public = known(i%2 == 1)
	}
	scan := d.scan(d.now)
	whole := scan.Assets
	n := 0
	scan.Assets = func(yield func(probity.Asset, error) bool) {
		n++
		for a, err := range whole {
			if n == 2 && a.Name == "store-02400" { // the second walk writes
				panic("died")
			}
			if !yield(a, err) {
				return
			}
		}
	}
	func() {
		defer func() { _ = recover() }() // nothing is cleared away, as where a process is killed
		_, err := d.tryTake(scan)
		t.Errorf("got %v, want that it dies", err)
	}()
	s, err := at.Open()
	if err != nil {
		t.Fatal(err)
	}
	d.s = s
	if now := d.rows(); now["span"] == before["span"] {
		t.Fatalf("got %v, want that something was written", now)
	}
	open, err := d.s.Findings(d.ctx(), history.FindingsQuery{})
	if err != nil || len(open.Rows) != 1000 || open.Rows[0].Asset.ID == id("store-00001") {
		t.Errorf("got %d findings, %v, want those of the first scan", len(open.Rows), err)
	}
	if got := d.finding(public, id("store-00000")); got.State != history.Open || len(got.Moments) != 1 {
		t.Errorf("got %+v, want what the first scan saw", got)
	}
	if r, err := d.s.Record(d.ctx(), "last"); err != nil || r.ID != first.ID {
		t.Errorf("got %+v, %v, want the first scan", r, err)
	}
	d.night()
	if got := d.finding(public, id("store-00000")); got.State != history.Fixed || len(got.Moments) != 2 {
		t.Errorf("got %+v, want it fixed by the scan that came through", got)
	}
	if got := d.finding(public, id("store-00001")); got.State != history.Open || len(got.Moments) != 1 {
		t.Errorf("got %+v, want it open", got)
	}
}

// readers: whoever reads or writes while a scan is taken in neither waits for it nor sees a part of it.
func readers(t *testing.T, at Place) {
	d := open(t, at)
	d.many()
	first := d.night()
	d.assets = map[string]*probity.Asset{}
	for i := range 2500 {
		d.bucket(fmt.Sprintf("store-%05d", i)).Exposure.Public = known(i%2 == 1)
	}
	scan := d.scan(d.now)
	outcomes := scan.Outcomes
	looks := 0
	scan.Outcomes = func(yield func(probity.Outcome, error) bool) {
		n := 0
		for o, err := range outcomes {
			if n++; n%2500 == 0 {
				looks++
				ctx, stop := context.WithTimeout(d.ctx(), time.Minute)
				all, err := d.s.Findings(ctx, history.FindingsQuery{Limit: 3000})
				if err != nil || len(all.Rows) != 1250 || all.Rows[0].Changed != first.Started {
					t.Errorf("got %d findings, %v, want the 1250 of the first scan", len(all.Rows), err)
				}
				if r, err := d.s.Scan(ctx, "last"); err != nil || !r.Started.Equal(first.Started) {
					t.Errorf("got %s, %v, want the first scan", r.Started, err)
				}
				if _, err := d.s.DB().ExecContext(ctx, "UPDATE series SET name = name"); err != nil {
					t.Errorf("somebody else who writes: %v", err)
				}
				stop()
			}
			if !yield(o, err) {
				return
			}
		}
	}
	d.take(scan)
	if looks < 3 {
		t.Errorf("looked %d times", looks)
	}
	if all, err := d.s.Findings(d.ctx(), history.FindingsQuery{Limit: 3000}); err != nil || len(all.Rows) != 1250 || all.Rows[0].Asset.ID != id("store-00001") {
		t.Errorf("got %d findings, %v, want those of the second scan", len(all.Rows), err)
	}
}

// prior: a later scan looks up what was found in a store by any of its names.
func prior(t *testing.T, at Place) {
	d := open(t, at)
	b := d.bucket("clients")
	b.Aliases = []string{"clients.s3.example.org"}
	b.Labels = probity.Whole(nil, label("mail"))
	seen := d.now
	d.night()
	d.coverage, d.assets = nil, map[string]*probity.Asset{}
	d.night()
	var _ probity.Prior = d.s
	for _, name := range []string{b.ID, "clients.s3.example.org"} {
		got, err := d.s.Known(d.ctx(), name)
		if err != nil || len(got) != 1 || got[0].Ref != b.Ref || len(got[0].Labels.Items) != 1 || !got[0].Origin.At.Equal(seen) {
			t.Errorf("%s: got %+v, %v, want the store as it was seen last", name, got, err)
		}
	}
	if got, err := d.s.Known(d.ctx(), "nobody"); err != nil || len(got) > 0 {
		t.Errorf("got %+v, %v, want nothing", got, err)
	}
}

// trend: what a scan counted is read from its rollups.
func trend(t *testing.T, at Place) {
	d := open(t, at)
	b := d.bucket("clients")
	d.bucket("logs")
	d.night()
	b.Exposure.Public = known(true)
	d.night()
	got, err := d.s.Trend(d.ctx(), history.TrendQuery{})
	if err != nil || len(got) != 2 {
		t.Fatalf("got %+v, %v, want two points", got, err)
	}
	if diff := cmp.Diff(map[probity.Verdict]int64{probity.Pass: 5, probity.Fail: 1}, got[1].Verdicts); diff != "" {
		t.Errorf("verdicts (-want +got):\n%s", diff)
	}
	for by, key := range map[string]string{history.ByRule: public, history.ByAccount: "aws/1", history.ByRegion: "aws/1/eu-west-1", history.ByClass: "bucket", history.ByFramework: "gdpr"} {
		got, err := d.s.Trend(d.ctx(), history.TrendQuery{By: by, Key: key, Latest: true})
		if err != nil || len(got) != 1 || got[0].Failing[probity.High] != 1 || got[0].Findings != 1 {
			t.Errorf("%s: got %+v, %v, want one finding", by, got, err)
		}
	}
}
