// Package historytest is what the history promises, as tests that each database passes.
package historytest

import (
	"context"
	"database/sql"
	"testing"
	"time"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/reports/history"
)

// Place is a database that is the test's own.
type Place struct {
	Open   func() (*history.Store, error) // the same one each time
	Backup func(t *testing.T) *sql.DB     // the copy that a migration from format 1 made, with its tables in reach
}

// Run runs all tests, at once where a server of its own does not count connections; place makes a new database for each of them.
func Run(t *testing.T, atOnce bool, place func(t *testing.T) Place) {
	t.Helper()
	for name, test := range map[string]func(*testing.T, Place){
		"life": life, "sessions": sessions, "evidence": evidence, "waivers": waivers, "causes": causes, "snapshots": snapshots, "names": names, "series": several, "unchanged": unchanged, "export": export, "parts": parts, "cut off": cutOff,
		"readers": readers, "order": order, "newer": newer, "backup": backup, "prior": prior, "units": units, "prune": prune, "idle": idle, "trend": trend,
		"pages": pages, "waiving": waiving, "waived beside": waivedBeside, "audit": audit, "older": older, "bare": bare, "news": news, "notices": notices, "alone": alone, "illegible": illegible, "elsewhere": elsewhere,
		"sources": sources, "unreadable": unreadable, "other elements": otherElements, "handed over": handedOver, "each finding": eachFinding, "lapsed": lapsed, "mapped": mapped, "belonging": belonging, "once": once, "once over time": onceOverTime, "once apart": onceApart,
	} {
		t.Run(name, func(t *testing.T) {
			if atOnce {
				t.Parallel()
			}
			test(t, place(t))
		})
	}
	for name, test := range map[string]func(t *testing.T, one, other Place){"bounds": bounds} {
		t.Run(name, func(t *testing.T) {
			if atOnce {
				t.Parallel()
			}
			test(t, place(t), place(t))
		})
	}
}

// diary takes in one scan after another.
type diary struct {
	*testing.T
	s   *history.Store
	now time.Time
	estate
}

func open(t *testing.T, at Place) *diary {
	t.Helper()
	s, err := at.Open()
	if err != nil {
		t.Fatal(err)
	}
	return &diary{T: t, s: s, now: time.Date(2026, 10, 1, 3, 0, 0, 0, time.UTC), estate: newEstate()}
}

// again is a diary of the same time in another database.
func (d *diary) again(at Place) *diary {
	d.Helper()
	other := open(d.T, at)
	other.now = d.now
	return other
}

func (d *diary) ctx() context.Context { return d.Context() }

// night takes in the estate as it is, a day after the last scan.
func (d *diary) night() history.Record {
	d.Helper()
	return d.take(d.scan(d.now))
}

func (d *diary) take(scan probity.Scan) history.Record {
	d.Helper()
	r, err := d.tryTake(scan)
	if err != nil {
		d.Fatal(err)
	}
	return r
}

func (d *diary) tryTake(scan probity.Scan) (history.Record, error) {
	d.Helper()
	id, err := d.s.Begin(d.ctx(), history.Run{Series: d.series, Targets: scan.Targets, Tool: scan.Tool, Started: d.now})
	if err != nil {
		return history.Record{}, err
	}
	d.now = d.now.Add(24 * time.Hour)
	return d.s.Take(d.ctx(), id, scan)
}

// finding is the life of the one finding of a rule on an asset.
func (d *diary) finding(rule, asset string) history.Life {
	d.Helper()
	fact := map[string]probity.Path{public: "exposure.public", holding: "labels", owned: "owner"}[rule]
	life, err := d.s.Life(d.ctx(), probity.Fingerprint(rule, probity.Ref{ID: asset}, fact, ""), history.Bounds{})
	if err != nil {
		d.Fatal(err)
	}
	return life
}

// changes are those of a scan.
func (d *diary) changes(of history.Record) []history.Change {
	d.Helper()
	got, err := d.s.Changes(d.ctx(), history.ChangesQuery{Scan: of.ID})
	if err != nil {
		d.Fatal(err)
	}
	return got.Rows
}

// events are those of a life.
func events(l history.Life) []history.Event {
	var out []history.Event
	for _, m := range l.Moments {
		out = append(out, m.Event)
	}
	return out
}
