package state_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/cmd/internal/state"
	"github.com/probity-scan/probity/scanners/objects"
)

// TestContents: an object is known again as long as it has not changed, and nobody reads its name from the disk.
func TestContents(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	now, sought := time.Date(2026, 11, 24, 8, 0, 0, 0, time.UTC), "all"
	read := now
	open := func(key string) (*state.Folder, *state.Contents) {
		f, err := state.Open(dir)
		if err != nil {
			t.Fatal(err)
		}
		c, err := f.Contents(state.ContentsOptions{Key: []byte(key), Sought: sought, Now: now, Lifetime: 48 * time.Hour})
		if err != nil {
			t.Fatal(err)
		}
		return f, c
	}
	f, c := open("key")
	if _, ok := c.Recall("arn:bucket", "clients/anna.csv", "v1"); ok {
		t.Error("an object is known that nobody read")
	}
	c.Keep("arn:bucket", "clients/anna.csv", "v1", []objects.Placed{{Column: "mail", Label: probity.Label{Detector: "email", On: "clients/anna.csv:mail", Found: 3}}})
	c.Keep("arn:bucket", "clients/empty.csv", "v1", nil)
	c.Keep("arn:bucket", "clients/gone.csv", "v1", nil)
	if err := c.Save(); err != nil {
		t.Fatal(err)
	}
	_ = f.Close()

	now = read.Add(24 * time.Hour)
	f, c = open("key")
	got, ok := c.Recall("arn:bucket", "clients/anna.csv", "v1")
	if !ok || len(got) != 1 || got[0].Column != "mail" || got[0].Found != 3 || got[0].On != "" || !got[0].AsOf.Equal(read) {
		t.Errorf("got %+v, %v", got, ok)
	}
	if _, ok := c.Recall("arn:bucket", "clients/empty.csv", "v1"); !ok {
		t.Error("an object without personal data is not known again")
	}
	for _, other := range [][3]string{{"arn:bucket", "clients/anna.csv", "v2"}, {"arn:other", "clients/anna.csv", "v1"}, {"arn:bucket", "clients/bert.csv", "v1"}} {
		if _, ok := c.Recall(other[0], other[1], other[2]); ok {
			t.Errorf("%v is known", other)
		}
	}
	if err := c.Save(); err != nil {
		t.Fatal(err)
	}
	_ = f.Close()

	f, c = open("key")
	if _, ok := c.Recall("arn:bucket", "clients/gone.csv", "v1"); ok {
		t.Error("an object that the last scan did not meet is still known")
	}
	_ = f.Close()
	for what, change := range map[string]func(){"too long ago": func() { now = read.Add(49 * time.Hour) }, "something else is sought": func() { now, sought = read, "more" }} {
		change()
		f, c = open("key")
		if _, ok := c.Recall("arn:bucket", "clients/anna.csv", "v1"); ok {
			t.Errorf("an object is not read again: %s", what)
		}
		_ = f.Close()
	}
	now, sought = read, "all"
	f, c = open("another key")
	defer func() { _ = f.Close() }()
	if _, ok := c.Recall("arn:bucket", "clients/anna.csv", "v1"); ok {
		t.Error("another installation knows the object")
	}
	files, err := filepath.Glob(filepath.Join(dir, "contents", "*"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no file is kept: %v", err)
	}
	for _, name := range files {
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(name+string(b), "anna") || strings.Contains(string(b), "bucket") {
			t.Errorf("%s tells the name of an object or a store", name)
		}
	}
}
