package historytest

import (
	"errors"
	"reflect"
	"testing"
	"time"

	"github.com/probity-scan/probity/reports/history"
)

// sessions are kept as they are begun, until they are ended or over.
func sessions(t *testing.T, at Place) {
	d := open(t, at)
	now := d.now.Truncate(time.Second)
	want := history.Session{ID: "a", Name: "ann", Role: "operator", Bounds: history.Bounds{Accounts: []string{"aws/1*"}, Tags: map[string][]string{"team": {"a", "b"}}, Activities: []string{"orders"}},
		Via: "provider", Issuer: "https://login.example.com", Subject: "s-1", Hint: "h", Proof: "p", Begun: now, Seen: now}
	begin := func(x history.Session, limit, idle time.Duration) {
		t.Helper()
		if err := d.s.BeginSession(d.ctx(), x, x.Begun.Add(-limit), x.Begun.Add(-idle)); err != nil {
			t.Fatal(err)
		}
	}
	begin(want, time.Hour, time.Hour)
	if got, err := d.s.Session(d.ctx(), "a"); err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v, %v, want %+v", got, err, want)
	}
	for _, after := range []time.Duration{time.Minute, time.Second} { // of two servers one may be late
		if err := d.s.SeeSession(d.ctx(), "a", now.Add(after)); err != nil {
			t.Fatal(err)
		}
	}
	if got, err := d.s.Session(d.ctx(), "a"); err != nil || !got.Seen.Equal(now.Add(time.Minute)) {
		t.Errorf("got %v, %v, want the last request", got.Seen, err)
	}
	begin(history.Session{ID: "b", Begun: now.Add(30 * time.Minute), Seen: now.Add(30 * time.Minute)}, time.Hour, time.Hour)
	begin(history.Session{ID: "c", Begun: now.Add(62 * time.Minute), Seen: now.Add(62 * time.Minute)}, 2*time.Hour, time.Hour)
	for id, there := range map[string]bool{"a": false, "b": true, "c": true, "d": false} {
		if _, err := d.s.Session(d.ctx(), id); (err == nil) != there || err != nil && !errors.Is(err, history.ErrUnknown) {
			t.Errorf("%s: got %v, want it there: %v", id, err, there)
		}
	}
	begin(history.Session{ID: "e", Begun: now.Add(80 * time.Minute), Seen: now.Add(80 * time.Minute)}, 30*time.Minute, 2*time.Hour)
	for range 2 {
		if err := d.s.EndSession(d.ctx(), "c"); err != nil {
			t.Fatal(err)
		}
	}
	for id, there := range map[string]bool{"b": false, "c": false, "e": true} {
		if _, err := d.s.Session(d.ctx(), id); (err == nil) != there {
			t.Errorf("%s: got %v, want it there: %v", id, err, there)
		}
	}
}
