package timetable

import (
	"strings"
	"testing"
	"time"
)

func at(t *testing.T, s string) time.Time {
	t.Helper()
	v, err := time.Parse(time.RFC3339, s)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func table(t *testing.T, spec, zone string, jitter time.Duration) Table {
	t.Helper()
	x, err := Parse("nightly", spec, zone, jitter)
	if err != nil {
		t.Fatal(err)
	}
	return x
}

func TestNext(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ spec, zone, after, want string }{
		"of a zone":                   {"30 2 * * *", "Europe/Berlin", "2026-11-28T12:00:00Z", "2026-11-29T01:30:00Z"},
		"of none":                     {"30 2 * * *", "", "2026-11-28T12:00:00Z", "2026-11-29T02:30:00Z"},
		"a tick itself is past":       {"30 2 * * *", "", "2026-11-29T02:30:00Z", "2026-11-30T02:30:00Z"},
		"the hour that is left out":   {"30 2 * * *", "Europe/Berlin", "2026-03-28T12:00:00Z", "2026-03-29T01:30:00Z"},
		"and the day after it":        {"30 2 * * *", "Europe/Berlin", "2026-03-29T01:30:00Z", "2026-03-30T00:30:00Z"},
		"the hour that comes twice":   {"30 2 * * *", "Europe/Berlin", "2026-10-24T12:00:00Z", "2026-10-25T00:30:00Z"},
		"and it counts once":          {"30 2 * * *", "Europe/Berlin", "2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z"},
		"half an hour twice":          {"45 1 * * *", "Australia/Lord_Howe", "2026-04-04T14:50:00Z", "2026-04-05T15:15:00Z"},
		"day or weekday":              {"0 3 1 * MON", "", "2026-11-28T12:00:00Z", "2026-11-30T03:00:00Z"},
		"a word":                      {"@weekly", "America/New_York", "2026-11-28T12:00:00Z", "2026-11-29T05:00:00Z"},
		"the last of February":        {"0 0 29 2 *", "", "2026-11-28T12:00:00Z", "2028-02-29T00:00:00Z"},
		"every hour over the doubled": {"0 * * * *", "Europe/Berlin", "2026-10-25T00:00:00Z", "2026-10-25T01:00:00Z"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := table(t, c.spec, c.zone, 0).Next(at(t, c.after)); !got.Equal(at(t, c.want)) {
				t.Errorf("got %s, want %s", got.Format(time.RFC3339), c.want)
			}
		})
	}
}

func TestMissed(t *testing.T) {
	t.Parallel()
	daily := table(t, "30 2 * * *", "", 0)
	if last, n := daily.Missed(at(t, "2026-11-20T02:30:00Z"), at(t, "2026-11-28T02:30:00Z")); n != 8 || !last.Equal(at(t, "2026-11-28T02:30:00Z")) {
		t.Errorf("got %s and %d", last, n)
	}
	if last, n := daily.Missed(at(t, "2026-11-28T02:30:00Z"), at(t, "2026-11-28T12:00:00Z")); n != 0 || !last.IsZero() {
		t.Errorf("got %s and %d", last, n)
	}
	often := table(t, "*/5 * * * *", "", 0)
	if last, n := often.Missed(at(t, "2020-01-01T00:00:00Z"), at(t, "2026-11-28T12:03:00Z")); n != 1000 || !last.Equal(at(t, "2026-11-28T12:00:00Z")) {
		t.Errorf("got %s and %d", last, n)
	}
}

func TestBegin(t *testing.T) {
	t.Parallel()
	tick, seen := at(t, "2026-11-28T02:30:00Z"), map[time.Time]bool{}
	for i := range 50 {
		of := tick.AddDate(0, 0, i)
		a, b := table(t, "30 2 * * *", "", 10*time.Minute).Begin(of), table(t, "30 2 * * *", "", 10*time.Minute).Begin(of)
		if !a.Equal(b) || a.Before(of) || !a.Before(of.Add(10*time.Minute)) {
			t.Fatalf("of %s: %s and %s", of, a, b)
		}
		seen[a.AddDate(0, 0, -i)] = true
	}
	if len(seen) < 40 {
		t.Errorf("fifty ticks begin in %d ways", len(seen))
	}
	if b := table(t, "30 2 * * *", "", 0).Begin(tick); !b.Equal(tick) {
		t.Errorf("without jitter at %s", b)
	}
}

// TestAhead: a tick that waits for its jitter is ahead until its work begins.
func TestAhead(t *testing.T) {
	t.Parallel()
	x, tick := table(t, "30 2 * * *", "", 10*time.Minute), at(t, "2026-11-28T02:30:00Z")
	begin := x.Begin(tick)
	if !begin.After(tick.Add(time.Second)) {
		t.Fatalf("the tick begins at once: choose another day")
	}
	for _, c := range []struct{ of, want time.Time }{{tick.Add(-time.Second), tick}, {tick, tick}, {begin.Add(-time.Second), tick}, {begin, tick.AddDate(0, 0, 1)}, {tick.Add(time.Hour), tick.AddDate(0, 0, 1)}} {
		if got := x.Ahead(c.of); !got.Equal(c.want) {
			t.Errorf("at %s got %s, want %s", c.of, got, c.want)
		}
	}
}

// TestJitter: a tick whose work may begin after the next one's is refused.
func TestJitter(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		spec   string
		jitter time.Duration
		says   string
	}{{"*/5 * * * *", 5 * time.Minute, "which is 5m at the least"}, {"30 2 * * *", 48 * time.Hour, "which is 23h at the least"}, {"30 2 * * *", 22 * time.Hour, ""}, {"0 1,2 * * *", time.Hour, "which is 1h at the least"}, {"0 1 1 1 *", 8000 * time.Hour, ""}} {
		_, err := Parse("x", c.spec, "Europe/Berlin", c.jitter)
		if (err == nil) != (c.says == "") || err != nil && !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s with %s: got %v, want %q", c.spec, c.jitter, err, c.says)
		}
	}
}

// TestEveryDay: whatever clocks do, something that is due once a day is so once on each day.
func TestEveryDay(t *testing.T) {
	t.Parallel()
	for _, zone := range []string{"Europe/Berlin", "Europe/Dublin", "America/Santiago", "Africa/Cairo", "Asia/Beirut", "Australia/Lord_Howe", "America/Havana", "Africa/Casablanca", "Asia/Kolkata", "Pacific/Chatham"} {
		for _, spec := range []string{"0 0 * * *", "30 0 * * *", "30 1 * * *", "15 2 * * *", "45 3 * * *", "30 23 * * *"} {
			x, days := table(t, spec, zone, 0), map[string]int{}
			for next := x.Next(at(t, "2026-01-01T12:00:00Z")); next.Before(at(t, "2027-12-31T00:00:00Z")); next = x.Next(next) {
				days[next.In(x.zone).Format(time.DateOnly)]++
			}
			for day := at(t, "2026-01-03T00:00:00Z"); day.Before(at(t, "2027-12-29T00:00:00Z")); day = day.AddDate(0, 0, 1) {
				if n := days[day.Format(time.DateOnly)]; n != 1 {
					t.Errorf("%s in %s: %d ticks on %s, want one", spec, zone, n, day.Format(time.DateOnly))
				}
			}
		}
	}
}

// TestEveryHour: what is due by the time that passes is so whatever clocks do.
func TestEveryHour(t *testing.T) {
	t.Parallel()
	for _, zone := range []string{"Europe/Berlin", "America/New_York", "Pacific/Chatham", "Africa/Cairo"} {
		for spec, every := range map[string]time.Duration{"30 * * * *": time.Hour, "@hourly": time.Hour, "*/15 * * * *": 15 * time.Minute} {
			x := table(t, spec, zone, 0)
			at := x.Next(at(t, "2026-01-01T12:00:00Z"))
			for at.Year() < 2027 {
				next := x.Next(at)
				if next.Sub(at) != every {
					t.Fatalf("%s in %s: from %s to %s, want %s", spec, zone, at, next, every)
				}
				at = next
			}
		}
	}
}

func TestParse(t *testing.T) {
	t.Parallel()
	for spec, zone := range map[string]string{"": "", "x": "", "60 * * * *": "", "* * * *": "", "0 0 0 * * *": "", "0 0 30 2 *": "", "@every 5m": "", "TZ=UTC 0 0 * * *": "", "0 1 * * *": "Mars/Base", "0 2 * * *": "Local", "@reboot": ""} {
		if _, err := Parse("x", spec, zone, 0); err == nil {
			t.Errorf("%q in %q is taken", spec, zone)
		}
	}
}
