package database_test

import (
	"database/sql"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/database"
)

// TestLeftovers makes files with statements, and tells what is left of what was deleted.
func TestLeftovers(t *testing.T) {
	t.Parallel()
	const rows = "CREATE TABLE t (a TEXT); WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 500) INSERT INTO t SELECT 'person ' || i || ' of some street' FROM n;"
	for name, c := range map[string]struct {
		file, statements string
		mode             os.FileMode
		want             map[string][]string
	}{
		"nothing deleted":       {"a.db", rows, 0o600, map[string][]string{"freed_rows": {"false"}, "web_root": {"false"}}},
		"rows deleted":          {"a.db", rows + "DELETE FROM t WHERE rowid % 3 = 0", 0o600, map[string][]string{"freed_rows": {"true"}, "web_root": {"false"}}},
		"all deleted":           {"a.db", rows + "DELETE FROM t", 0o600, map[string][]string{"freed_rows": {"true"}, "web_root": {"false"}}},
		"deleted for good":      {"a.db", "PRAGMA secure_delete = ON;" + rows + "DELETE FROM t WHERE rowid % 3 = 0", 0o600, map[string][]string{"freed_rows": {"false"}, "web_root": {"false"}}},
		"all deleted for good":  {"a.db", "PRAGMA secure_delete = ON;" + rows + "DELETE FROM t", 0o600, map[string][]string{"freed_rows": {"false"}, "web_root": {"false"}}},
		"deleted and vacuumed":  {"a.db", rows + "DELETE FROM t WHERE rowid % 3 = 0; VACUUM", 0o600, map[string][]string{"freed_rows": {"false"}, "web_root": {"false"}}},
		"readable by others":    {"a.db", "CREATE TABLE t (a)", 0o644, map[string][]string{"freed_rows": {"false"}, "web_root": {"false"}, "shared": {"a.db (0644)"}}},
		"handed out to the web": {"public/a.db", "CREATE TABLE t (a)", 0o600, map[string][]string{"freed_rows": {"false"}, "web_root": {"true"}}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			at := filepath.Join(t.TempDir(), filepath.FromSlash(c.file))
			if err := os.MkdirAll(filepath.Dir(at), 0o700); err != nil {
				t.Fatal(err)
			}
			db, err := sql.Open("sqlite", at)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := db.ExecContext(t.Context(), c.statements); err != nil {
				t.Fatal(err)
			}
			if err := db.Close(); err != nil {
				t.Fatal(err)
			}
			if err := os.Chmod(at, c.mode); err != nil {
				t.Fatal(err)
			}
			s := database.New(database.Options{Tally: func() database.Tally { return newCells() }})
			for f, err := range s.Scan(t.Context(), probity.Unit{Scanner: "sqlite", Target: "sqlite:" + at}) {
				if err != nil {
					t.Fatal(err)
				}
				if a, ok := f.(probity.Asset); ok && a.Class == probity.Database {
					c.want["sound"], c.want["tracked"] = []string{"true"}, []string{"false"}
					c.want["shared"], c.want["leftovers"], c.want["views"] = append([]string{}, c.want["shared"]...), nil, nil
					if d := cmp.Diff(c.want, guarded(a), cmpopts.EquateEmpty()); d != "" {
						t.Errorf("settings (-want +got):\n%s", d)
					}
				}
			}
		})
	}
}
