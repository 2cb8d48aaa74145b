package pipeline_test

import (
	"bytes"
	"compress/gzip"
	"database/sql"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode"

	_ "modernc.org/sqlite" // the driver
)

// TestDemoShowsNoValue: nothing that was read from the clinic's database or exports is in any report or in the log.
func TestDemoShowsNoValue(t *testing.T) {
	t.Parallel()
	values := map[string]bool{}
	add := func(s string) {
		if s = strings.TrimSpace(s); len(s) >= 6 {
			values[s] = true
		}
	}
	dir := filepath.Join(repository, filepath.FromSlash(clinic))
	cells(t, filepath.Join(dir, "db", "clinic.db"), add)
	words(t, filepath.Join(dir, "exports"), add)
	if len(values) < 1500 {
		t.Fatalf("got %d values, want those of the whole clinic", len(values))
	}
	for name, b := range written(t, 0) {
		if len(b) == 0 {
			t.Errorf("%s: empty", name)
		}
		for v := range values {
			if bytes.Contains(b, []byte(v)) {
				t.Errorf("%s: holds a value of %d characters that was read", name, len(v))
			}
		}
	}
}

// cells gives every value of a database.
func cells(t *testing.T, file string, add func(string)) {
	t.Helper()
	db, err := sql.Open("sqlite", "file:"+filepath.ToSlash(file)+"?immutable=1")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	for _, table := range []string{"patients", "visits", "staff", "invoices", "app_settings"} {
		rows, err := db.QueryContext(t.Context(), "SELECT * FROM "+table) //nolint:gosec // names from above
		if err != nil {
			t.Fatal(err)
		}
		defer rows.Close()
		names, err := rows.Columns()
		if err != nil {
			t.Fatal(err)
		}
		for rows.Next() {
			row, into := make([]any, len(names)), make([]any, len(names))
			for i := range row {
				into[i] = &row[i]
			}
			if err := rows.Scan(into...); err != nil {
				t.Fatal(err)
			}
			for _, v := range row {
				add(fmt.Sprint(v))
			}
		}
		if err := rows.Err(); err != nil {
			t.Fatal(err)
		}
	}
}

// words gives what has a digit or an @ in it, whole and as a line's cell: the rest are keys and words of every day.
func words(t *testing.T, dir string, add func(string)) {
	t.Helper()
	err := filepath.WalkDir(dir, func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := os.ReadFile(p)
		if err != nil {
			return err
		}
		if strings.HasSuffix(p, ".gz") {
			z, err := gzip.NewReader(bytes.NewReader(b))
			if err != nil {
				return err
			}
			if b, err = io.ReadAll(z); err != nil {
				return err
			}
		}
		for _, w := range strings.FieldsFunc(string(b), func(r rune) bool { return unicode.IsSpace(r) && r != ' ' || strings.ContainsRune(`,"{}[]=`, r) }) {
			if strings.ContainsAny(w, "0123456789@") && !strings.Contains(w, "icd10") {
				add(strings.Trim(w, ": "))
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
