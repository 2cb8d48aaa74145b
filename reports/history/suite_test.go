package history_test

import (
	"database/sql"
	"os"
	"path/filepath"
	"testing"
	"time"

	_ "modernc.org/sqlite" // to look into a backup

	"github.com/probity-scan/probity/reports/history"
	"github.com/probity-scan/probity/reports/history/historytest"
)

func now() time.Time { return time.Date(2028, 2, 20, 0, 0, 0, 0, time.UTC) }

// TestSQLite holds what the history promises on SQLite; cmd/internal/past does so on PostgreSQL.
func TestSQLite(t *testing.T) {
	historytest.Run(t, true, func(t *testing.T) historytest.Place {
		t.Helper()
		dir := t.TempDir()
		return historytest.Place{
			Open: func() (*history.Store, error) {
				s, err := history.OpenFolder(t.Context(), dir, history.Options{Now: now})
				if err == nil {
					t.Cleanup(func() { _ = s.Close() })
				}
				return s, err
			},
			Backup: func(t *testing.T) *sql.DB {
				t.Helper()
				path := filepath.Join(dir, history.File+".before-1")
				st, err := os.Stat(path)
				if err != nil || st.Mode().Perm() != 0o600 {
					t.Fatalf("got %v, %v, want a file of mode 0600", st, err)
				}
				db, err := sql.Open("sqlite", path)
				if err != nil {
					t.Fatal(err)
				}
				t.Cleanup(func() { _ = db.Close() })
				return db
			},
		}
	})
}

// TestFiles: nobody else may read what the history writes.
func TestFiles(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	s, err := history.OpenFolder(t.Context(), dir, history.Options{Now: now})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = s.Close() }()
	files, err := os.ReadDir(dir)
	if err != nil || len(files) < 2 {
		t.Fatalf("got %v, %v, want the database and its log", files, err)
	}
	for _, f := range files {
		if info, err := f.Info(); err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%s: got %v, %v, want 0600", f.Name(), info, err)
		}
	}
}
