package state_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/cmd/internal/state"
	"github.com/probity-scan/probity/scanners/database"
	"github.com/probity-scan/probity/scanners/objects"
)

// TestTables: what a table holds is known again as long as it has not changed, with all that the look at it came to, and no name of it.
func TestTables(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	read := time.Date(2026, 11, 24, 8, 0, 0, 0, time.UTC)
	open := func(now time.Time) *state.Contents {
		f, err := state.Open(dir)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = f.Close() })
		c, err := f.Contents(state.ContentsOptions{Key: []byte("key"), Sought: "all", Now: now, Lifetime: 48 * time.Hour})
		if err != nil {
			t.Fatal(err)
		}
		return c
	}
	from := &probity.Origin{Query: "rows of public.patients"}
	was := database.Look{Rows: probity.Known(9, nil), Gap: &probity.Gap{Reason: probity.Sampled, Because: "5 rows were read"}, Aged: true,
		Ages:   []probity.Age{{On: "ended_at", Start: "ended_at", Oldest: time.Date(2019, 12, 31, 0, 0, 0, 0, time.UTC)}},
		Labels: []probity.Label{{Detector: "email", On: "mail", Found: 3, Origin: from, AsOf: read, Version: "statistics:12", Sample: probity.Sample{Unit: "rows", Read: 5, Method: "random", Frame: &probity.Frame{Unit: "rows", Read: 5, Upper: probity.Known(.5, nil)}}}}}
	c := open(read)
	c.KeepTable("postgres://h:5432/clinic", "public.patients", "v1", was)
	if was.Labels[0].Origin != from {
		t.Error("what was handed over is changed")
	}
	c.Keep("postgres://h:5432/clinic", "public.visits", "v1", []objects.Placed{})
	if err := c.Save(); err != nil {
		t.Fatal(err)
	}

	other := t.TempDir()
	if err := os.Rename(filepath.Join(dir, "contents"), filepath.Join(other, "contents")); err != nil {
		t.Fatal(err)
	}
	dir = other
	c = open(read.Add(24 * time.Hour))
	got, ok := c.RecallTable("postgres://h:5432/clinic", "public.patients", "v1")
	want := was
	want.At = read
	want.Labels = []probity.Label{was.Labels[0]}
	want.Labels[0].Origin, want.Labels[0].AsOf = nil, time.Time{}
	if d := cmp.Diff(want, got); d != "" || !ok {
		t.Errorf("known %v (-want +got):\n%s", ok, d)
	}
	for _, at := range [][3]string{{"postgres://h:5432/clinic", "public.patients", "v2"}, {"postgres://h:5432/other", "public.patients", "v1"}, {"postgres://h:5432/clinic", "public.visits", "v1"}} {
		if _, ok := c.RecallTable(at[0], at[1], at[2]); ok {
			t.Errorf("%v is known", at)
		}
	}
	files, err := filepath.Glob(filepath.Join(dir, "contents", "*.json"))
	if err != nil || len(files) != 1 {
		t.Fatalf("got %v, %v", files, err)
	}
	b, err := os.ReadFile(files[0])
	if err != nil || strings.Contains(string(b), "patients") || strings.Contains(string(b), "clinic") {
		t.Errorf("%v: the names of tables are on the disk: %s", err, b)
	}
}

// TestOldTables: after its time a table is read again, changed or not.
func TestOldTables(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 24, 8, 0, 0, 0, time.UTC)
	for after, want := range map[time.Duration]bool{47 * time.Hour: true, 49 * time.Hour: false} {
		dir := t.TempDir()
		f, err := state.Open(dir)
		if err != nil {
			t.Fatal(err)
		}
		o := state.ContentsOptions{Key: []byte("key"), Now: now, Lifetime: 48 * time.Hour}
		c, err := f.Contents(o)
		if err != nil {
			t.Fatal(err)
		}
		c.KeepTable("s", "t", "v", database.Look{})
		if err := c.Save(); err != nil {
			t.Fatal(err)
		}
		o.Now = now.Add(after)
		if c, err = f.Contents(o); err != nil {
			t.Fatal(err)
		}
		if _, ok := c.RecallTable("s", "t", "v"); ok != want {
			t.Errorf("known after %v: %v, want %v", after, ok, want)
		}
		_ = f.Close()
	}
}
