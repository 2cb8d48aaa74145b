package historytest

import (
	"context"
	"database/sql"
	"errors"
	"testing"
	"time"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/reports/history"
)

// units: what a unit found is kept in somebody else's transaction, once.
func units(t *testing.T, at Place) {
	d := open(t, at)
	scan, err := d.s.Begin(d.ctx(), history.Run{Targets: []string{"aws:"}, Tool: "probity 1.0.0", Started: d.now})
	if err != nil {
		t.Fatal(err)
	}
	within := func(do func(*sql.Tx) error, keep bool) {
		t.Helper()
		tx, err := d.s.DB().BeginTx(d.ctx(), nil)
		if err != nil {
			t.Fatal(err)
		}
		if err := do(tx); err != nil {
			t.Fatal(err)
		}
		if keep {
			err = tx.Commit()
		} else {
			err = tx.Rollback()
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	var keys []string
	within(func(tx *sql.Tx) (err error) {
		u := probity.Unit{Scanner: "aws", Target: "aws:", Part: "1/eu-west-1", Asks: probity.Asks{Code: probity.Code{Variables: map[string]string{"password": "hunter2"}}}}
		keys, err = d.s.AddUnits(d.ctx(), tx, scan, u, probity.Unit{Scanner: "aws", Target: "aws:", Part: "1/eu-west-2"})
		return err
	}, true)
	keep := func(body string, want bool) func(tx *sql.Tx) error {
		return func(tx *sql.Tx) error {
			fresh, err := d.s.KeepUnit(d.ctx(), tx, scan, keys[0], []byte(body))
			if err == nil && fresh != want {
				t.Errorf("%s: got fresh %v, want %v", body, fresh, want)
			}
			return err
		}
	}
	within(keep("rolled back", true), false)
	within(keep("first", true), true)
	within(keep("second", false), true)
	if b, err := d.s.UnitBody(d.ctx(), scan, keys[0]); err != nil || string(b) != "first" {
		t.Errorf("got %q, %v, want what was kept first", b, err)
	}
	within(func(tx *sql.Tx) error { return d.s.FailUnit(d.ctx(), tx, scan, keys[1], "no route") }, true)
	if n, err := d.s.Waiting(d.ctx(), d.s.DB(), scan); err != nil || n != 0 {
		t.Errorf("got %d units that wait, %v", n, err)
	}
	all, err := d.s.Units(d.ctx(), d.s.DB(), scan)
	if err != nil || len(all) != 2 {
		t.Fatalf("got %+v, %v, want two units", all, err)
	}
	for _, u := range all {
		if u.Unit.Asks.Code.Variables != nil {
			t.Error("what is asked of a unit is kept")
		}
	}
	if r, err := d.s.Record(d.ctx(), scan); err != nil || r.State != history.Running || r.Published {
		t.Errorf("got %+v, %v, want that it runs", r, err)
	}
	if err := d.s.Fail(d.ctx(), scan, "stopped"); err != nil {
		t.Fatal(err)
	}
	if r, err := d.s.Record(d.ctx(), scan); err != nil || r.State != history.Failed || r.Why != "stopped" || d.rows()["unit"] != 0 {
		t.Errorf("got %+v, %v, want that it failed, and no units", r, err)
	}
}

// newer: a database that a newer release wrote is not opened; what it holds stays.
func newer(t *testing.T, at Place) {
	d := open(t, at)
	d.bucket("clients")
	d.night()
	if _, err := d.s.DB().ExecContext(d.ctx(), "INSERT INTO history_version (version_id, is_applied) VALUES (999, true)"); err != nil {
		t.Fatal(err)
	}
	if _, err := at.Open(); !errors.Is(err, history.ErrNewer) {
		t.Errorf("got %v, want that a newer probity wrote it", err)
	}
}

// backup: before a migration a copy is made of all that there is.
func backup(t *testing.T, at Place) {
	d := open(t, at)
	if _, err := d.s.Begin(d.ctx(), history.Run{Series: "kept", Tool: "probity 0.9.0", Started: d.now}); err != nil {
		t.Fatal(err)
	}
	newer := []string{"INDEX scan_untold", "TABLE notice", "TABLE delivery", "TABLE told"}
	for _, table := range []string{"rule", "asset", "asset_name", "span", "outcome", "change", "finding", "finding_name", "sighting", "standing", "rollup", "member",
		"cohort", "cohort_mark", "tagging", "tagging_mark", "profile", "profile_rule", "need", "profile_need", "content", "content_label", "glance", "link", "waiver", "audit", "pending", "session"} {
		newer = append(newer, "TABLE "+table)
	}
	for _, what := range newer {
		if _, err := d.s.DB().ExecContext(d.ctx(), "DROP "+what); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := d.s.DB().ExecContext(d.ctx(), "ALTER TABLE scan DROP COLUMN told"); err != nil {
		t.Fatal(err)
	}
	if _, err := d.s.DB().ExecContext(d.ctx(), "DELETE FROM history_version WHERE version_id > 1"); err != nil {
		t.Fatal(err)
	}
	if err := d.s.Close(); err != nil {
		t.Fatal(err)
	}
	s, err := at.Open()
	if err != nil {
		t.Fatal(err)
	}
	d.s = s
	d.bucket("clients")
	d.night()
	var name string
	var scans int
	copied := at.Backup(t)
	if err := copied.QueryRowContext(d.ctx(), "SELECT name FROM series").Scan(&name); err != nil || name != "kept" {
		t.Errorf("got %q, %v, want the series that was there", name, err)
	}
	if err := copied.QueryRowContext(d.ctx(), "SELECT COUNT(*) FROM scan").Scan(&scans); err != nil || scans != 1 {
		t.Errorf("got %d scans, %v, want the one that was there", scans, err)
	}
}

// idle: a series that was scanned last longer ago than details are kept is scanned again, as for the first time.
func idle(t *testing.T, at Place) {
	d := open(t, at)
	const day = 24 * time.Hour
	d.series = "now and then"
	gone := d.bucket("a-gone")
	gone.Exposure.Public = known(true)
	b := d.bucket("clients")
	b.Exposure.Public = known(true)
	d.night()
	if _, err := d.s.Waive(d.ctx(), history.Waiver{Fingerprint: probity.Fingerprint(public, gone.Ref, "exposure.public", ""), Reason: "a fair", Owner: "ann", By: "bob", Expires: now().AddDate(0, 1, 0)}, history.Bounds{}); err != nil {
		t.Fatal(err)
	}
	delete(d.assets, gone.ID)
	d.now = d.now.Add(500 * day)
	if err := d.s.Prune(d.ctx(), history.Retention{Details: 400 * day, Counts: 1000 * day}); err != nil {
		t.Fatal(err)
	}
	r := d.night()
	if n, err := d.s.News(d.ctx(), r.ID, false); err != nil || !n.First || len(n.Events) != 1 {
		t.Errorf("got %+v, %v, want news of a first scan", n, err)
	}
	if got := d.finding(public, b.ID); got.State != history.Open || !got.FirstSeen.Equal(r.Started) {
		t.Errorf("got %+v, want it open since %s", got, r.Started)
	}
	if points, err := d.s.Trend(d.ctx(), history.TrendQuery{}); err != nil || len(points) != 2 || points[0].Verdicts[probity.Fail] != 2 || points[1].Verdicts[probity.Fail] != 1 || points[1].Verdicts[probity.Pass] != 2 {
		t.Errorf("got %+v, %v, want what each scan counted", points, err)
	}
}

// prune: details go after their time and counts later, and what still holds stays.
func prune(t *testing.T, at Place) {
	d := open(t, at)
	day := 24 * time.Hour
	b := d.bucket("clients")
	b.Exposure.Public = known(true)
	gone := d.bucket("gone")
	gone.Exposure.Public = known(true)
	lasting := d.bucket("lasting")
	lasting.Exposure.Public = known(true)
	began := d.now
	first := d.night()
	d.series = "abandoned"
	d.assets = map[string]*probity.Asset{}
	d.bucket("elsewhere").Exposure.Public = known(true)
	d.night()
	d.series, d.assets = "", map[string]*probity.Asset{b.ID: b, lasting.ID: lasting}
	b.Exposure.Public = known(false)
	d.night()
	d.now = began.Add(500 * day)
	d.night()
	if err := d.s.Prune(context.WithoutCancel(d.ctx()), history.Retention{Details: 600 * day, Counts: 1000 * day}); err != nil {
		t.Fatal(err)
	}
	if got := d.finding(public, b.ID); got.State != history.Fixed {
		t.Errorf("got %+v, want it kept", got)
	}
	if err := d.s.Prune(d.ctx(), history.Retention{Details: 400 * day, Counts: 1000 * day}); err != nil {
		t.Fatal(err)
	}
	for _, a := range []string{b.ID, gone.ID, id("elsewhere")} {
		if got, err := d.s.Life(d.ctx(), probity.Fingerprint(public, probity.Ref{ID: a}, "exposure.public", ""), history.Bounds{}); !errors.Is(err, history.ErrUnknown) {
			t.Errorf("%s: got %+v, %v, want it forgotten", a, got, err)
		}
	}
	if got := d.finding(public, lasting.ID); got.State != history.Open || !got.FirstSeen.Equal(began) {
		t.Errorf("got %+v, want it open since %s", got, began)
	}
	if _, err := d.s.Scan(d.ctx(), first.ID); err == nil {
		t.Error("a scan whose details are gone is told")
	}
	if r, err := d.s.Record(d.ctx(), first.ID); err != nil || !r.Pruned || r.Findings != 3 {
		t.Errorf("got %+v, %v, want its counts", r, err)
	}
	if points, err := d.s.Trend(d.ctx(), history.TrendQuery{}); err != nil || len(points) != 4 {
		t.Errorf("got %+v, %v, want the counts of four scans", points, err)
	}
	if n := d.rows(); n["asset"] != 2 || n["span"] != 2 {
		t.Errorf("got %v, want the two assets that are there", n)
	}
	if err := d.s.Prune(d.ctx(), history.Retention{Counts: 400 * day}); err != nil {
		t.Fatal(err)
	}
	if points, err := d.s.Trend(d.ctx(), history.TrendQuery{}); err != nil || len(points) != 1 {
		t.Errorf("got %+v, %v, want the counts of the last scan", points, err)
	}
	if got := d.finding(public, lasting.ID); !got.FirstSeen.Equal(began) {
		t.Errorf("got it seen first %s, want %s", got.FirstSeen, began)
	}
	d.series = "by hand" // which tells of a finding what a scan that is forgotten told last
	lasting.Exposure.Public = known(false)
	d.night()
	if got := d.finding(public, lasting.ID); got.State != history.Fixed {
		t.Errorf("got %+v, want it fixed", got)
	}
}
