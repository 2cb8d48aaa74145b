package visits_test

import (
	"testing"
	"time"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/visits"
)

func TestWatch(t *testing.T) {
	t.Parallel()
	now := time.Unix(0, 0)
	clock := func() time.Time { return now }
	said := func(w *visits.Watch) string {
		if g := w.Over(); g != nil {
			return g.Needs
		}
		return ""
	}
	const one, all = "a larger --table-seconds, or a server with less to do", "a larger --sample-seconds"
	w := visits.NewWatch(&probity.Budget{TableSeconds: 10, Seconds: 25}, clock, 5*time.Second)
	for _, step := range []struct {
		after time.Duration
		next  bool // another table begins
		want  string
	}{{9, false, ""}, {1, false, one}, {0, true, ""}, {9, false, ""}, {1, false, all}, {0, true, all}} {
		now = now.Add(step.after * time.Second)
		if step.next {
			w.Table()
		}
		if got := said(w); got != step.want {
			t.Errorf("%d seconds in: got %q, want %q", now.Unix(), got, step.want)
		}
	}
	if got := w.Spent(); got != 25*time.Second {
		t.Errorf("got %v spent, want what others had spent too", got)
	}
	free := visits.NewWatch(nil, clock, 0)
	for range 100 {
		now = now.Add(59 * time.Second)
		if g := free.Over(); g != nil {
			t.Fatalf("got %v, want a minute for each table and no end of them", g)
		}
		free.Table()
	}
	if now = now.Add(time.Minute); said(free) != one {
		t.Errorf("got %q, want that a minute is all that a table has", said(free))
	}
	if visits.NewWatch(nil, nil, 0).Over() != nil {
		t.Error("a table that was just begun has no time, by the machine's clock")
	}
}
