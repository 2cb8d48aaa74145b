package database_test

import (
	"encoding/binary"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/probity-scan/probity"
)

// fileSettings scans a file of SQLite.
func fileSettings(t *testing.T, at string) map[string][]string {
	t.Helper()
	for f, err := range scanner().Scan(t.Context(), probity.Unit{Scanner: "sqlite", Target: "sqlite:" + at}) {
		must(t, err)
		if a, ok := f.(probity.Asset); ok && a.Class == probity.Database {
			return guarded(a)
		}
	}
	t.Fatal("the file is not told")
	return nil
}

// index is one of Git with some paths, in a version of its format.
func index(version uint32, more bool, paths ...string) []byte {
	b := binary.BigEndian.AppendUint32([]byte("DIRC"), version)
	b = binary.BigEndian.AppendUint32(b, uint32(len(paths)))
	for _, p := range paths {
		at := len(b)
		b = append(b, make([]byte, 60)...)
		flags := uint16(len(p))
		if more {
			flags |= 0x4000
		}
		b = binary.BigEndian.AppendUint16(b, flags)
		if more {
			b = append(b, 0, 0)
		}
		b = append(append(b, p...), 0)
		for (len(b)-at)%8 != 0 {
			b = append(b, 0)
		}
	}
	return b
}

func TestTracked(t *testing.T) {
	t.Parallel()
	const path = "data/app.db"
	for name, c := range map[string]struct {
		index []byte
		link  bool // .git is a file that points elsewhere
		want  string
	}{
		"in the repository":      {index: index(2, false, "a", path, "z"), want: "true"},
		"with longer flags":      {index: index(3, true, path), want: "true"},
		"another of its ending":  {index: index(2, false, "old/data/app.db", "data/app.db.bak"), want: "false"},
		"nothing added yet":      {want: "false"},
		"paths that are shorted": {index: index(4, false, path), want: "unreadable: git update-index --index-version 2"},
		"no index at all":        {index: []byte("something"), want: "unreadable: git update-index --index-version 2"},
		"elsewhere":              {link: true, want: "not-collected: a scan of the main work tree"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			at := filepath.Join(t.TempDir(), filepath.FromSlash(path))
			must(t, os.MkdirAll(filepath.Dir(at), 0o700))
			git := filepath.Join(filepath.Dir(at), "..", ".git")
			if c.link {
				must(t, os.WriteFile(git, []byte("gitdir: ../elsewhere"), 0o600))
			} else {
				must(t, os.Mkdir(git, 0o700))
			}
			if c.index != nil {
				must(t, os.WriteFile(filepath.Join(git, "index"), c.index, 0o600))
			}
			db := writer(t, at)
			_, err := db.ExecContext(t.Context(), "CREATE TABLE t (a)")
			must(t, err)
			must(t, db.Close())
			if got := strings.Join(fileSettings(t, at)["tracked"], ", "); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

// TestSound: a fault that SQLite finds is told, be it in a row or in the pages.
func TestSound(t *testing.T) {
	t.Parallel()
	row := file(t, "CREATE TABLE t (a)", "INSERT INTO t VALUES (NULL)", "PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = 'CREATE TABLE t (a NOT NULL)'")
	pages := file(t, "CREATE TABLE t (a)", "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000) INSERT INTO t SELECT 'some text' FROM n")
	b, err := os.ReadFile(pages)
	must(t, err)
	for i := 2 * 4096; i < 3*4096; i++ {
		b[i] = 0xff
	}
	must(t, os.WriteFile(pages, b, 0o600))
	for name, at := range map[string]string{"row": row, "pages": pages} {
		if got := strings.Join(fileSettings(t, at)["sound"], ", "); got != "false" {
			t.Errorf("%s: got %q, want false", name, got)
		}
	}
}
