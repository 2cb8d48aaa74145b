package timetable

import (
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

func TestParse(t *testing.T) {
	t.Parallel()
	for spec, zone := range map[string]string{"": "", "x": "", "60 * * * *": "", "* * * *": "", "0 0 0 * * *": "", "0 0 30 2 *": "", "@every 5m": "", "TZ=UTC 0 0 * * *": "", "0 1 * * *": "Mars/Base", "0 2 * * *": "Local", "@reboot": ""} {
		if _, err := Parse("x", spec, zone, 0); err == nil {
			t.Errorf("%q in %q is taken", spec, zone)
		}
	}
}
