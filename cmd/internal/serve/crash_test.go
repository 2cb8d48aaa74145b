package serve

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/cmd/internal/config"
	"github.com/probity-scan/probity/reports/history"
)

func onDemand(place config.Place) config.Serve {
	return config.Serve{Parallel: 2, Schedules: []config.Schedule{{Name: "estate", Targets: []string{"fake:"}, Place: place}}}
}

// TestKilled: a server that is killed in the middle loses no unit that was done; the next one does the others, and the scan is whole.
func TestKilled(t *testing.T) {
	t.Parallel()
	places(t, func(t *testing.T, where string) {
		p := process{Where: where, Config: onDemand(config.Place{}), Hangs: "p7", Ask: "estate"}
		first := begin(t, p)
		first.until(t, "at p7")
		before := begun(first.kill(t))
		store := look(t, where)
		running, err := store.Scans(t.Context(), history.ScansQuery{Series: "estate"})
		if err != nil || len(running) != 1 || running[0].State != history.Running || running[0].Published {
			t.Fatalf("after the kill: %+v, %v", running, err)
		}
		units, err := store.Units(t.Context(), store.DB(), running[0].ID)
		if err != nil {
			t.Fatal(err)
		}
		done := map[string]bool{}
		for _, u := range units {
			done[u.Unit.Part] = u.State == history.UnitDone
		}
		if done["p7"] || !done[""] {
			t.Fatalf("done are %v", done)
		}
		p.Hangs, p.Ask = "", ""
		second := begin(t, p)
		r := ended(t, where, "estate")
		second.stop(t)
		if r.State != history.Complete || r.Assets != parts || r.Findings != 1 {
			t.Errorf("the scan is %+v, want all %d parts and one finding", r, parts)
		}
		again := begun(second.seen)
		for part, ok := range done {
			if ok && slices.Contains(again, part) {
				t.Errorf("%q was done, and is scanned again", part)
			}
			if !ok && !slices.Contains(again, part) {
				t.Errorf("%q was not done, and is left out", part)
			}
		}
		if len(before) == 0 {
			t.Error("nothing had begun")
		}
	})
}

// TestStoppedOften: a server that is stopped in the middle hands its units back, however often: none of them is given up for it.
func TestStoppedOften(t *testing.T) {
	t.Parallel()
	where := t.TempDir()
	p := process{Where: where, Config: onDemand(config.Place{}), Hangs: "p7", Ask: "estate"}
	for range mostTries + 1 {
		c := begin(t, p)
		c.until(t, "at p7")
		c.stop(t)
		p.Ask = ""
	}
	p.Hangs = ""
	last := begin(t, p)
	r := ended(t, where, "estate")
	last.stop(t)
	if r.State != history.Complete || r.Assets != parts {
		t.Errorf("the scan is %+v, want all %d parts", r, parts)
	}
}

// TestWorkers: of two workers one is killed, and every unit is in the scan once.
func TestWorkers(t *testing.T) {
	t.Parallel()
	where := postgres(t)
	far := config.Place{Network: "far"}
	server := begin(t, process{Where: where, Config: onDemand(far), Ask: "estate"})
	server.until(t, "runs")
	there := onDemand(far)
	there.Place = config.Place{Network: "far", Country: "DE"}
	lost := begin(t, process{Where: where, Config: there, Worker: true, Hangs: "*"})
	lost.until(t, "at")
	other := begin(t, process{Where: where, Config: there, Worker: true})
	other.until(t, "runs")
	hung := begun(lost.kill(t))
	r := ended(t, where, "estate")
	server.stop(t)
	other.stop(t)
	if r.State != history.Complete || r.Assets != parts {
		t.Errorf("the scan is %+v, want all %d parts", r, parts)
	}
	if n := begun(server.seen); len(n) > 0 {
		t.Errorf("the server is elsewhere, and scans %q", n)
	}
	did := begun(other.seen)
	if once := slices.Compact(slices.Clone(did)); len(once) != len(did) || len(did) != parts+1 {
		t.Errorf("the worker that stayed scanned %q, want each unit once; the other hung at %q", did, hung)
	}
}

// TestNobodyThere: units of a place where nobody is are gaps after a while, and the scan ends.
func TestNobodyThere(t *testing.T) {
	t.Parallel()
	where := t.TempDir()
	c := onDemand(config.Place{Network: "far"})
	c.Patience = "1s"
	server := begin(t, process{Where: where, Config: c, Ask: "estate"})
	server.until(t, "runs")
	r := ended(t, where, "estate")
	awaits(t, "a notice of the first scan, which found nothing", func() bool {
		all, _, err := look(t, where).Notifications(t.Context(), history.NotificationsQuery{})
		return err == nil && len(all) == 1 && all[0].Tally.First && all[0].Scan == r.ID
	})
	server.stop(t)
	if r.State != history.Incomplete || r.Assets != 0 {
		t.Errorf("the scan is %+v, want one that is incomplete", r)
	}
	scan, err := look(t, where).Scan(t.Context(), r.ID)
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for c, err := range scan.Coverage {
		if err != nil {
			t.Fatal(err)
		}
		if c.Gap != nil && c.Gap.Reason == probity.Unreachable {
			n++
		}
	}
	if n != 1 {
		t.Errorf("%d gaps are unreachable, want that of the target", n)
	}
}

// TestTogether: servers and workers that start at once on an empty database make its tables once.
func TestTogether(t *testing.T) {
	t.Parallel()
	where := postgres(t)
	var all []*child
	for i := range 4 {
		all = append(all, begin(t, process{Where: where, Config: onDemand(config.Place{}), Worker: i > 1}))
	}
	for _, c := range all {
		c.until(t, "runs")
	}
	for _, c := range all {
		c.stop(t)
	}
}

// TestNewerJobs: jobs that a newer engine keeps are left alone.
func TestNewerJobs(t *testing.T) {
	t.Parallel()
	places(t, func(t *testing.T, where string) {
		p := process{Where: where, Config: onDemand(config.Place{})}
		for _, newer := range []bool{false, true} {
			s, store, err := p.server(t.Context())
			if !newer {
				if err == nil {
					_, err = store.DB().ExecContext(t.Context(), "INSERT INTO river_migration (line, version) VALUES ('main', 1000)")
				}
				if err != nil {
					t.Fatal(err)
				}
			} else if s != nil || !errors.Is(err, history.ErrNewer) || !strings.Contains(err.Error(), "their format is 1000") {
				t.Errorf("got %v, want it refused", err)
			}
			if err := store.Close(); err != nil {
				t.Error(err)
			}
		}
	})
}
