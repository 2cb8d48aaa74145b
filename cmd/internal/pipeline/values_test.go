package pipeline_test

import (
	"bytes"
	"path/filepath"
	"strings"
	"testing"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/database"
	"github.com/probity-scan/probity/scanners/objects"
	"github.com/probity-scan/probity/scanners/tree"
)

// TestDemoShowsNoValue: nothing that scanners read in the clinic's database and exports is in any report or in the log.
func TestDemoShowsNoValue(t *testing.T) {
	t.Parallel()
	read := keeper{}
	dir := filepath.Join(repository, filepath.FromSlash(clinic))
	drain(t, database.New(database.Options{Tally: func() database.Tally { return read }}), probity.Unit{Scanner: "sqlite", Target: dir, Base: clinic, Part: "db/clinic.db"})
	drain(t, objects.New(objects.Options{Open: objects.Files(tree.Formats{}), Tally: func() objects.Tally { return read }}), probity.Unit{Scanner: "objects", Target: dir, Base: clinic, Part: "exports"})
	if len(read) < 1800 {
		t.Fatalf("got %d values, want those of the whole clinic", len(read))
	}
	for name, b := range written(t, clinicJob()) {
		if len(b) == 0 {
			t.Errorf("%s: empty", name)
		}
		for v := range read {
			if bytes.Contains(b, []byte(v)) {
				t.Errorf("%s: holds a value of %d characters that was read", name, len(v))
			}
		}
	}
}

// keeper is a tally that keeps what no other may: the values themselves, whole and by words that are more than words.
type keeper map[string]bool

func (k keeper) Column(string, string) func([]byte) {
	return func(cell []byte) {
		k.keep(string(cell))
		for w := range strings.FieldsFuncSeq(string(cell), func(r rune) bool { return strings.ContainsRune(" \n=/", r) }) {
			if strings.ContainsAny(w, "0123456789@") {
				k.keep(w)
			}
		}
	}
}

func (k keeper) keep(s string) {
	if s = strings.TrimSpace(s); len(s) >= 6 {
		k[s] = true
	}
}

func (keeper) Labels() []probity.Label { return nil }

func drain(t *testing.T, s probity.Scanner, u probity.Unit) {
	t.Helper()
	u.Asks.Content = &probity.Budget{}
	for _, err := range s.Scan(t.Context(), u) {
		if err != nil {
			t.Fatal(err)
		}
	}
}
