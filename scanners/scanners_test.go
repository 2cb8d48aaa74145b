package scanners_test

import (
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners"
)

func TestSource(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ target, scanner, path, err string }{
		{".", "tree", ".", ""},
		{"./a:b", "tree", "./a:b", ""},
		{`C:\data`, "tree", `C:\data`, ""},
		{"plan.json", "tree", "plan.json", ""},
		{"sqlite:app.db", "sqlite", "app.db", ""},
		{"sqlite:///srv/app.db", "sqlite", "/srv/app.db", ""},
		{"sqlite:", "", "", "names no file"},
		{"postgresql://app@host/clinic", "postgres", "", ""},
		{"mysql://app@host/clinic", "mysql", "", ""},
		{"postgres://app:secretive@host/clinic", "", "", "holds a password"},
		{"", "", "", "empty target"},
		{"ftp://host/x", "", "", `unknown target scheme "ftp:"`},
	} {
		name, path, err := scanners.Source(tt.target)
		if name != tt.scanner || path != tt.path || tt.err == "" && err != nil || tt.err != "" && (err == nil || !strings.Contains(err.Error(), tt.err)) {
			t.Errorf("%q: got %q, %q, %v; want %q, %q, %q", tt.target, name, path, err, tt.scanner, tt.path, tt.err)
		}
	}
}

// TestClinic goes from a folder to labels: what tree finds, the others scan.
func TestClinic(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "clinic")
	write(t, dir, "exports/2024/patients.csv", "id,email\n1,a.person@example.org\n2,b.person@example.com\n")
	write(t, dir, "exports/notes.txt", "nothing here\n")
	db, err := sql.Open("sqlite", filepath.Join(dir, "app.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.Exec(`CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT); INSERT INTO users (email) VALUES ('c.person@example.org'), ('d.person@example.net')`); err != nil {
		t.Fatal(err)
	}
	db.Close()
	write(t, dir, "infra/main.tf", "resource \"aws_s3_bucket\" \"b\" {}\n")

	all := scanners.All(scanners.Options{})
	todo := []probity.Unit{{Scanner: "tree", Target: dir, Base: "clinic", Asks: probity.Asks{Content: &probity.Budget{}}}}
	var got []string
	for len(todo) > 0 {
		u := todo[0]
		todo = todo[1:]
		s, ok := all[u.Scanner]
		if !ok {
			t.Fatalf("got a unit for %q, want a scanner that is listed", u.Scanner)
		}
		for f, err := range s.Scan(t.Context(), u) {
			if err != nil {
				t.Fatal(err)
			}
			switch f := f.(type) {
			case probity.Unit:
				todo = append(todo, f)
			case probity.Asset:
				if f.Kind != "" && f.Class != probity.Account {
					got = append(got, strings.TrimSpace(f.Root+" "+f.ID))
				}
				for _, l := range f.Labels.Items {
					got = append(got, fmt.Sprintf("%s: %s %s %d/%d %s", f.ID, l.On, l.Detector, l.Found, l.Sample.Read, l.Sample.Method))
				}
			}
		}
	}
	want := []string{
		"sqlite:clinic/app.db",
		"sqlite:clinic/app.db/users",
		"sqlite:clinic/app.db/users: email email 2/2 all",
		"files:clinic/exports",
		"files:clinic/exports: 2024/patients.csv:email email 2/2 all",
		"clinic/infra aws_s3_bucket.b",
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("found (-want +got):\n%s", d)
	}
}

func write(t testing.TB, dir, name, text string) {
	t.Helper()
	p := filepath.Join(dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(p), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(p, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}
