package corpus_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/probity-scan/probity/cmd/internal/corpus"
)

// TestNew: an estate has the size that was asked for in files that a person could have written, good and bad in every style.
func TestNew(t *testing.T) {
	t.Parallel()
	c, dir := corpus.New(3, 2000, corpus.Styles()...), t.TempDir()
	if err := c.Save(dir); err != nil {
		t.Fatal(err)
	}
	if n := c.Resources(); n < 2000 || n > 2010 {
		t.Errorf("got %d resources, want 2000 and the rest of the last store", n)
	}
	files, err := filepath.Glob(filepath.Join(dir, "infra", "stores*.tf"))
	if err != nil || len(files) != 20 {
		t.Errorf("got %d files and %v, want 20", len(files), err)
	}
	if _, err := os.Stat(filepath.Join(dir, "plan.json")); err != nil {
		t.Error(err)
	}
	got := map[string][2]int{}
	for _, s := range c.Stores {
		n := got[s.Style]
		if s.Bad {
			n[1]++
		} else {
			n[0]++
		}
		got[s.Style] = n
	}
	for _, style := range corpus.Styles() {
		if n := got[style]; n[0] == 0 || n[1] == 0 {
			t.Errorf("%s: got %d good and %d bad, want some of each", style, n[0], n[1])
		}
	}
}
