package main

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// TestWatchRunsAgain: what is watched is run at once, and again when a file is written, added or removed, and then only.
func TestWatchRunsAgain(t *testing.T) {
	t.Parallel()
	dir, beside := t.TempDir(), filepath.Join(t.TempDir(), "new")
	write := func(name, text string) { // at once: a look sees all of it or nothing
		t.Helper()
		if err := os.WriteFile(beside, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.Rename(beside, filepath.Join(dir, name)); err != nil {
			t.Fatal(err)
		}
	}
	write("a.rego", "package user.a\n")
	ctx, cancel := context.WithCancel(t.Context())
	look, runs, ended := make(chan time.Time), make(chan struct{}, 1), make(chan error, 1)
	var stderr strings.Builder
	results := []error{nil, errors.New("reading rules: one is broken"), exit{code: 1}, nil}
	n := 0
	go func() {
		ended <- watch(ctx, dir, look, func() error {
			n++
			runs <- struct{}{}
			return results[n-1]
		}, &stderr)
	}()
	ran := func(what string) {
		t.Helper()
		select {
		case <-runs:
		case err := <-ended:
			t.Fatalf("%s: it ended with %v, want another run", what, err)
		}
	}
	ran("at once")
	for _, step := range []struct {
		what   string
		change func()
	}{
		{"a file is written", func() { write("a.rego", "package user.a\n\nx := 1\n") }},
		{"one is added", func() { write("b.rego", "package user.b\n") }},
		{"one is removed", func() {
			if err := os.Remove(filepath.Join(dir, "b.rego")); err != nil {
				t.Fatal(err)
			}
		}},
	} {
		look <- time.Time{}
		look <- time.Time{} // taken once the first look is over
		select {
		case <-runs:
			t.Fatalf("before %s: it ran again, and nothing had changed", step.what)
		default:
		}
		step.change()
		look <- time.Time{}
		ran(step.what)
	}
	cancel()
	if err := <-ended; err != nil {
		t.Errorf("interrupted, it ends with %v", err)
	}
	if got, want := strings.Count(stderr.String(), "watching "), len(results); got != want {
		t.Errorf("it says %d times that it watches, want %d", got, want)
	}
	if got := stderr.String(); strings.Count(got, "one is broken") != 1 || strings.Contains(got, "probity: \n") {
		t.Errorf("what was wrong is told so: %q", got)
	}
}

// TestWatchEndsWithItsFolder: a folder that cannot be read any more is an error.
func TestWatchEndsWithItsFolder(t *testing.T) {
	t.Parallel()
	var stderr strings.Builder
	err := watch(t.Context(), filepath.Join(t.TempDir(), "none"), nil, func() error { return nil }, &stderr)
	if err == nil || !strings.Contains(err.Error(), "watching rules") {
		t.Errorf("got %v, want why it cannot watch", err)
	}
}
