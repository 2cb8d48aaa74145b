// Package scannertest is the contract that each scanner passes.
package scannertest

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"runtime"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/probity-scan/probity"
)

// Run checks the contract on each unit. The units' targets must be readable, and give something.
func Run(t *testing.T, newScanner func() probity.Scanner, units ...probity.Unit) {
	t.Helper()
	if len(units) == 0 {
		t.Fatal("got no unit to check, want at least one")
	}
	for i, u := range units {
		t.Run(fmt.Sprintf("%d %s", i, u.Scanner), func(t *testing.T) {
			t.Run("repeats", func(t *testing.T) { repeats(t, newScanner, u) })
			t.Run("unique", func(t *testing.T) { unique(t, newScanner(), u) })
			t.Run("round trip", func(t *testing.T) { roundTrip(t, newScanner(), u) })
			t.Run("answers", func(t *testing.T) { answers(t, newScanner(), u) })
			t.Run("early stop", func(t *testing.T) { earlyStop(t, newScanner(), u) })
			t.Run("cancellation", func(t *testing.T) { cancellation(t, newScanner(), u) })
		})
	}
}

// Loss checks that a unit which loses something says so and errs not: each of losses is the reason of a gap, in coverage or
// on an asset. It gives what was found.
func Loss(t *testing.T, s probity.Scanner, u probity.Unit, losses ...probity.Reason) []probity.Found {
	t.Helper()
	found := collect(t, s, u)
	told := map[probity.Reason]bool{}
	for _, f := range found {
		for _, g := range gaps(f) {
			told[g.Reason] = true
		}
	}
	for _, want := range losses {
		if !told[want] {
			t.Errorf("got no gap %q in %s, want the loss told", want, text(t, found))
		}
	}
	return found
}

// gaps are those of a coverage, or of an asset's facts.
func gaps(f probity.Found) []probity.Gap {
	var out []probity.Gap
	switch f := f.(type) {
	case probity.Coverage:
		if f.Gap != nil {
			out = append(out, *f.Gap)
		}
	case probity.Asset:
		for _, l := range probity.Leaves(f) {
			if _, g := l.Value(); g != nil {
				out = append(out, *g)
			}
		}
	}
	return out
}

func collect(t *testing.T, s probity.Scanner, u probity.Unit) []probity.Found {
	t.Helper()
	var out []probity.Found
	for f, err := range s.Scan(t.Context(), u) {
		if err != nil {
			t.Fatalf("got error %v, want what is there", err)
		}
		out = append(out, f)
	}
	return out
}

func repeats(t *testing.T, newScanner func() probity.Scanner, u probity.Unit) {
	first := text(t, collect(t, newScanner(), u))
	s := newScanner()
	for range 2 {
		if d := cmp.Diff(first, text(t, collect(t, s, u))); d != "" {
			t.Errorf("two runs differ:\n%s", d)
		}
	}
}

// unique: no child unit is given twice, and no asset; parts of one asset may be given apart, each with other facts.
func unique(t *testing.T, s probity.Scanner, u probity.Unit) {
	whole := map[probity.Ref]bool{}
	seen := map[string]bool{}
	for _, f := range collect(t, s, u) {
		if a, ok := f.(probity.Asset); ok {
			if a.ID == "" {
				t.Errorf("got an asset without ID: %s", text(t, []probity.Found{f}))
			}
			if a.Kind != "" && whole[a.Ref] {
				t.Errorf("got asset %v twice with a kind, want one and fragments without", a.Ref)
			}
			whole[a.Ref] = whole[a.Ref] || a.Kind != ""
		}
		k := text(t, []probity.Found{f})
		if seen[k] {
			t.Errorf("got twice: %s", k)
		}
		seen[k] = true
	}
}

func roundTrip(t *testing.T, s probity.Scanner, u probity.Unit) {
	again := through(t, u)
	want := text(t, collect(t, s, u))
	if d := cmp.Diff(want, text(t, collect(t, s, again))); d != "" {
		t.Errorf("the unit as JSON finds something else:\n%s", d)
	}
	for _, f := range collect(t, s, u) {
		switch f := f.(type) {
		case probity.Unit:
			if d := cmp.Diff(f, through(t, f)); d != "" {
				t.Errorf("a child unit does not survive JSON:\n%s", d)
			}
			if f.Scanner == "" || f.Target == "" {
				t.Errorf("got child unit %+v, want a scanner and a target", f)
			}
		case probity.Asset:
			if got := text(t, []probity.Found{through(t, f)}); got != text(t, []probity.Found{f}) {
				t.Errorf("asset %v does not survive JSON:\n%s", f.Ref, cmp.Diff(text(t, []probity.Found{f}), got))
			}
		}
	}
}

func through[T any](t *testing.T, v T) (out T) {
	t.Helper()
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatalf("marshalling: %v", err)
	}
	if err := json.Unmarshal(b, &out); err != nil {
		t.Fatalf("unmarshalling: %v", err)
	}
	return out
}

// answers: each supply of the unit has a coverage, a loss in one names why, and a known fact of an asset says where it is from.
func answers(t *testing.T, s probity.Scanner, u probity.Unit) {
	answered := map[string]bool{}
	something := false
	for _, f := range collect(t, s, u) {
		switch f := f.(type) {
		case probity.Coverage:
			answered[key(f.Supply)] = true
			if f.Gap != nil && f.Gap.Reason.Loss() && f.Gap.Because == "" {
				t.Errorf("got loss %+v, want what happened", f)
			}
			if f.Gap != nil && !slices.Contains(probity.Reasons(), f.Gap.Reason) {
				t.Errorf("got gap %+v, want one of the reasons", f.Gap)
			}
		case probity.Asset:
			something = true
			for p, l := range probity.Leaves(f) {
				if _, g := l.Value(); g == nil && l.From() == nil {
					t.Errorf("%v: %s is known, and nobody says from where", f.Ref, p)
				}
			}
		case probity.Unit:
			something = true
		}
	}
	for _, want := range u.Supplies {
		if !answered[key(want)] {
			t.Errorf("supply %+v is not answered", want)
		}
	}
	if !something {
		t.Error("got neither asset nor unit, want something to check")
	}
}

func key(s probity.Supply) string { return fmt.Sprintf("%+v", s) }

func earlyStop(t *testing.T, s probity.Scanner, u probity.Unit) {
	n := len(collect(t, s, u))
	before := runtime.NumGoroutine()
	for stop := 1; stop <= min(n, 20); stop++ {
		got := 0
		s.Scan(t.Context(), u)(func(probity.Found, error) bool {
			if got++; got > stop {
				t.Fatalf("got something more after saying stop at %d", stop)
			}
			return got < stop
		})
	}
	settled(t, before)
}

// cancellation before the start gives ctx's error and nothing else; in the middle, its error soon after.
func cancellation(t *testing.T, s probity.Scanner, u probity.Unit) {
	before := runtime.NumGoroutine()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := last(s.Scan(ctx, u)); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled before: got error %v, want %v", err, context.Canceled)
	}
	ctx, cancel = context.WithCancel(t.Context())
	defer cancel()
	time.AfterFunc(time.Millisecond, cancel)
	start := time.Now()
	if err := last(s.Scan(ctx, u)); err != nil && !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled in the middle: got error %v, want %v or none", err, context.Canceled)
	}
	if d := time.Since(start); d > time.Second {
		t.Errorf("took %v to stop, want less than a second", d)
	}
	settled(t, before)
}

func last(seq iter.Seq2[probity.Found, error]) error {
	for _, err := range seq {
		if err != nil {
			return err
		}
	}
	return nil
}

// settled waits until no goroutine is left over.
func settled(t *testing.T, before int) {
	t.Helper()
	for range 100 {
		if runtime.NumGoroutine() <= before {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Errorf("got %d goroutines, want the %d there were", runtime.NumGoroutine(), before)
}

func text(t *testing.T, found []probity.Found) string {
	t.Helper()
	b, err := json.MarshalIndent(found, "", " ")
	if err != nil {
		t.Fatalf("marshalling: %v", err)
	}
	return string(b)
}
