package database_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/database"
	"github.com/probity-scan/probity/scanners/scannertest"
)

// cells is a tally that finds an "@", and remembers the longest cell.
type cells struct {
	found   map[string]*probity.Label
	longest int
	all     []string
}

func newCells() *cells { return &cells{found: map[string]*probity.Label{}} }

func (c *cells) Column(on, _ string) func([]byte) {
	return func(b []byte) {
		c.longest = max(c.longest, len(b))
		c.all = append(c.all, string(b))
		if slices.Contains(b, '@') {
			if c.found[on] == nil {
				c.found[on] = &probity.Label{Detector: "at", On: on, Recall: .9}
			}
			c.found[on].Found++
		}
	}
}

func (c *cells) Labels() []probity.Label {
	var out []probity.Label
	for _, l := range c.found {
		out = append(out, *l)
	}
	slices.SortFunc(out, func(a, b probity.Label) int { return strings.Compare(a.On, b.On) })
	return out
}

func scanner() probity.Scanner {
	return database.New(database.Options{Tally: func() database.Tally { return newCells() }, Now: func() time.Time { return time.Unix(0, 0).UTC() }})
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// file makes a database of some statements, and leaves nothing but the file.
func file(t *testing.T, statements ...string) string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "app.db")
	db := writer(t, name)
	for _, s := range statements {
		_, err := db.ExecContext(t.Context(), s)
		must(t, err)
	}
	must(t, db.Close())
	return name
}

func writer(t *testing.T, name string) *sql.DB {
	t.Helper()
	db, err := sql.Open("sqlite", name)
	must(t, err)
	db.SetMaxOpenConns(1)
	t.Cleanup(func() { db.Close() })
	return db
}

func unit(name string) probity.Unit {
	u := probity.Unit{Scanner: "sqlite", Target: name, Base: "data/app.db", Asks: probity.Asks{Content: &probity.Budget{}}}
	u.Supplies = database.Supplies(u)
	return u
}

// scan sorts what was found: the database, its tables by name, the gap of their listing. Nothing may be left beside the file.
func scan(t *testing.T, u probity.Unit) (probity.Asset, map[string]probity.Asset, *probity.Gap) {
	t.Helper()
	before := beside(t, u.Target)
	var db probity.Asset
	tables := map[string]probity.Asset{}
	var gap *probity.Gap
	for f, err := range scanner().Scan(t.Context(), u) {
		must(t, err)
		switch f := f.(type) {
		case probity.Asset:
			if f.Class == probity.Database {
				db = f
			} else {
				tables[f.Name] = f
			}
		case probity.Coverage:
			if f.Gap != nil {
				gap = f.Gap
			}
		}
	}
	if d := cmp.Diff(before, beside(t, u.Target)); d != "" {
		t.Errorf("files beside the database (-before +after):\n%s", d)
	}
	return db, tables, gap
}

func beside(t *testing.T, name string) []string {
	t.Helper()
	entries, err := os.ReadDir(filepath.Dir(name))
	must(t, err)
	var out []string
	for _, e := range entries {
		i, err := e.Info()
		must(t, err)
		out = append(out, fmt.Sprintf("%s %d %s", e.Name(), i.Size(), i.ModTime()))
	}
	return out
}

func labels(a probity.Asset) (out []string) {
	for _, l := range a.Labels.Items {
		total, _ := l.Sample.Total.Get()
		out = append(out, fmt.Sprintf("%s %d of %d/%d %s", l.On, l.Found, l.Sample.Read, total, l.Sample.Method))
	}
	return out
}

func gap(l probity.Leaf) string {
	_, g := l.Value()
	if g == nil {
		return ""
	}
	return string(g.Reason) + ": " + g.Because
}

func TestTables(t *testing.T) {
	t.Parallel()
	name := file(t, `CREATE TABLE people (id INTEGER PRIMARY KEY, "e mail" TEXT, age INT, gone AS (age + 1))`,
		`INSERT INTO people VALUES (1, 'a@example.org', 3), (2, NULL, 4)`,
		`CREATE TABLE keyed (k TEXT PRIMARY KEY, v) WITHOUT ROWID`, `INSERT INTO keyed VALUES ('x', 'b@example.org')`,
		`CREATE TABLE "odd ""name" (rowid TEXT, _rowid_ TEXT, oid TEXT)`, `INSERT INTO "odd ""name" VALUES ('c@example.org', 'y', 'z')`,
		`CREATE TABLE bare (x)`, `CREATE VIEW seen AS SELECT * FROM people`, `CREATE VIRTUAL TABLE search USING fts5(body)`, `INSERT INTO search VALUES ('d@example.org')`)
	db, tables, lost := scan(t, unit(name))
	if lost != nil || db.ID != "sqlite:data/app.db" || db.Kind != "sqlite.database" {
		t.Errorf("got database %v %s, gap %v", db.Ref, db.Kind, lost)
	}
	if on, ok := db.Encryption.AtRest.Get(); on || !ok || db.Encryption.AtRest.From().File != "data/app.db" {
		t.Errorf("got encryption at rest %t (known: %t), want known to be off, from the file", on, ok)
	}
	got := map[string][]string{}
	for n, a := range tables {
		got[n] = labels(a)
		if a.ID != "sqlite:data/app.db/"+n || a.Kind != "sqlite.table" || a.Class != probity.Table || gap(a.Labels) != "" {
			t.Errorf("%s: got %v %s %s, labels' gap %q", n, a.Ref, a.Kind, a.Class, gap(a.Labels))
		}
		if d := cmp.Diff([]probity.Link{{Kind: probity.ContainedIn, To: db.Ref}}, a.Links.Items); d != "" {
			t.Errorf("%s: links (-want +got):\n%s", n, d)
		}
	}
	want := map[string][]string{"people": {"e mail 1 of 2/2 all"}, "keyed": {"v 1 of 1/1 all"}, `odd "name`: {"rowid 1 of 1/1 all"}, "bare": nil, "search": {"body 1 of 1/1 all"}}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("labels (-want +got):\n%s", d)
	}
}

func TestSample(t *testing.T) {
	t.Parallel()
	name := file(t, `CREATE TABLE big (x)`, `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000)
		INSERT INTO big SELECT CASE WHEN i > 4500 THEN i || '@' ELSE i END FROM n`,
		`CREATE TABLE keyed (k PRIMARY KEY) WITHOUT ROWID`, `INSERT INTO keyed SELECT x FROM big`,
		`CREATE TABLE sparse (id INTEGER PRIMARY KEY, x)`, `INSERT INTO sparse VALUES (-9223372036854775808, '@'), (0, '@'), (9223372036854775807, '@')`)
	u := unit(name)
	u.Asks.Content.Rows = 100
	_, tables, _ := scan(t, u)
	if d := cmp.Diff([]string{"x 5 of 100/5000 spread"}, labels(tables["big"])); d != "" {
		t.Errorf("labels (-want +got):\n%s", d)
	}
	if got, want := gap(tables["big"].Labels), "sampled: 100 rows were read"; got != want {
		t.Errorf("got gap %q, want %q", got, want)
	}
	if got, want := gap(tables["keyed"].Labels), "sampled: 100 rows were read"; got != want {
		t.Errorf("got gap %q, want %q", got, want)
	}
	u.Asks.Content.Rows = 2
	_, tables, _ = scan(t, u)
	if d := cmp.Diff([]string{"x 2 of 2/3 spread"}, labels(tables["sparse"])); d != "" {
		t.Errorf("labels over all row numbers (-want +got):\n%s", d)
	}
}

func TestValues(t *testing.T) {
	t.Parallel()
	name := file(t, `CREATE TABLE v (x)`, `INSERT INTO v VALUES (printf('%.*c@', 40000, 'a')), (12.5), (x'6140'), (NULL)`,
		`CREATE TABLE bin (x)`, `INSERT INTO bin VALUES (x'00ff')`,
		`CREATE TABLE huge (x, y)`, `INSERT INTO huge VALUES (zeroblob(50000000), 'a@')`)
	tally := newCells()
	s := database.New(database.Options{Tally: func() database.Tally { return tally }})
	gaps := map[string]string{}
	for f, err := range s.Scan(t.Context(), unit(name)) {
		must(t, err)
		if a, ok := f.(probity.Asset); ok && a.Class == probity.Table {
			gaps[a.Name] = gap(a.Labels)
		}
	}
	if tally.longest != 16<<10 {
		t.Errorf("got a cell of %d bytes, want long values cut at %d", tally.longest, 16<<10)
	}
	for _, want := range []string{"12.5", "a@"} {
		if !slices.Contains(tally.all, want) {
			t.Errorf("got no cell %q, want numbers and text in blobs read", want)
		}
	}
	want := map[string]string{"v": "sampled: long values read in part: 1", "bin": "not-collected: values that are no text: 1", "huge": "sampled: long values read in part: 1"}
	if d := cmp.Diff(want, gaps); d != "" {
		t.Errorf("gaps (-want +got):\n%s", d)
	}
}

func TestContentNotAsked(t *testing.T) {
	t.Parallel()
	u := unit(file(t, `CREATE TABLE a (x)`, `INSERT INTO a VALUES ('a@')`))
	u.Asks.Content = nil
	_, tables, _ := scan(t, u)
	if a := tables["a"]; len(a.Labels.Items) > 0 || gap(a.Labels) != "not-collected: content is not read" {
		t.Errorf("got labels %v and gap %q, want none read", a.Labels.Items, gap(a.Labels))
	}
}

func TestLost(t *testing.T) {
	t.Parallel()
	write := func(t *testing.T, text string) string {
		name := filepath.Join(t.TempDir(), "app.db")
		must(t, os.WriteFile(name, []byte(text), 0o644))
		return name
	}
	for _, tt := range []struct {
		name, want string
		file       func(t *testing.T) string
	}{
		{"empty", "unreadable: the file is empty", func(t *testing.T) string { return write(t, "") }},
		{"short", "unreadable: the file ends within the header", func(t *testing.T) string { return write(t, "SQLite format 3\x00") }},
		{"encrypted", "unreadable: the header is not SQLite's: no database, or encrypted as a whole (SQLCipher)", func(t *testing.T) string { return write(t, strings.Repeat("\x8f\x01", 2048)) }},
		{"corrupt", "unreadable: the database is corrupt", func(t *testing.T) string {
			name := file(t, `CREATE TABLE a (x)`)
			b, err := os.ReadFile(name)
			must(t, err)
			for i := 100; i < 4096; i++ {
				b[i] = 0xee
			}
			must(t, os.WriteFile(name, b, 0o644))
			return name
		}},
		{"interrupted", "unreadable: an interrupted change must be rolled back first", func(t *testing.T) string {
			name := file(t, `CREATE TABLE a (x)`, `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2000) INSERT INTO a SELECT 'x' || i FROM n`)
			db := writer(t, name)
			for _, s := range []string{`PRAGMA cache_size = 1`, `BEGIN`, `UPDATE a SET x = x || 'y'`} {
				_, err := db.ExecContext(t.Context(), s)
				must(t, err)
			}
			crashed := filepath.Join(t.TempDir(), "app.db")
			for _, end := range []string{"", "-journal"} {
				b, err := os.ReadFile(name + end)
				must(t, err)
				must(t, os.WriteFile(crashed+end, b, 0o644))
			}
			return crashed
		}},
		{"locked", "unreadable: the database is locked by another program", func(t *testing.T) string {
			name := file(t, `CREATE TABLE a (x)`)
			_, err := writer(t, name).ExecContext(t.Context(), `BEGIN EXCLUSIVE`)
			must(t, err)
			return name
		}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			u := unit(tt.file(t))
			db, tables, lost := scan(t, u)
			if db.ID == "" || len(tables) > 0 || lost == nil || string(lost.Reason)+": "+lost.Because != tt.want {
				t.Errorf("got database %v, %d tables and gap %v; want the database and %q", db.Ref, len(tables), lost, tt.want)
			}
			scannertest.Loss(t, scanner(), u, probity.Unreadable)
		})
	}
}

func TestCorruptTable(t *testing.T) {
	t.Parallel()
	name := file(t, `CREATE TABLE a (x)`, `CREATE TABLE b (x)`, `INSERT INTO a VALUES ('a@')`,
		`WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 900) INSERT INTO b SELECT 'b@' || i FROM n`)
	b, err := os.ReadFile(name)
	must(t, err)
	for i := len(b) - 8192; i < len(b); i++ {
		b[i] = 0xee
	}
	must(t, os.WriteFile(name, b, 0o644))
	_, tables, _ := scan(t, unit(name))
	if d := cmp.Diff([]string{"x 1 of 1/1 all"}, labels(tables["a"])); d != "" {
		t.Errorf("the good table's labels (-want +got):\n%s", d)
	}
	if got, want := gap(tables["b"].Labels), "unreadable: the database is corrupt"; got != want {
		t.Errorf("got gap %q of the bad table, want %q", got, want)
	}
}

// TestLog: a write-ahead log is read with its index, told when it has none, and nothing is ever made beside the file.
func TestLog(t *testing.T) {
	t.Parallel()
	t.Run("in use", func(t *testing.T) {
		t.Parallel()
		name := filepath.Join(t.TempDir(), "app.db")
		db := writer(t, name)
		for _, s := range []string{`PRAGMA journal_mode = wal`, `CREATE TABLE a (x)`, `INSERT INTO a VALUES ('a@')`} {
			_, err := db.ExecContext(t.Context(), s)
			must(t, err)
		}
		_, tables, lost := scan(t, unit(name))
		if d := cmp.Diff([]string{"x 1 of 1/1 all"}, labels(tables["a"])); d != "" || lost != nil {
			t.Errorf("gap %v, labels (-want +got):\n%s", lost, d)
		}
		copied := filepath.Join(t.TempDir(), "app.db")
		for _, end := range []string{"", "-wal"} {
			b, err := os.ReadFile(name + end)
			must(t, err)
			must(t, os.WriteFile(copied+end, b, 0o644))
		}
		_, _, lost = scan(t, unit(copied))
		if lost == nil || !strings.Contains(lost.Because, "write-ahead log") {
			t.Errorf("got gap %v for a log without its index, want it told", lost)
		}
	})
	t.Run("at rest", func(t *testing.T) {
		t.Parallel()
		_, tables, lost := scan(t, unit(file(t, `PRAGMA journal_mode = wal`, `CREATE TABLE a (x)`, `INSERT INTO a VALUES ('a@')`)))
		if d := cmp.Diff([]string{"x 1 of 1/1 all"}, labels(tables["a"])); d != "" || lost != nil {
			t.Errorf("gap %v, labels (-want +got):\n%s", lost, d)
		}
	})
}

func TestMissing(t *testing.T) {
	t.Parallel()
	for target, want := range map[string]string{filepath.Join(t.TempDir(), "none.db"): "opening data/app.db: no such file or directory", t.TempDir(): "not a regular file"} {
		var got error
		for _, err := range scanner().Scan(t.Context(), unit(target)) {
			got = err
		}
		if got == nil || !strings.Contains(got.Error(), want) {
			t.Errorf("got error %v, want %q", got, want)
		}
	}
}

func TestIdentity(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		unit probity.Unit
		want string
	}{
		{probity.Unit{Target: "sqlite:./x/app.db"}, "sqlite:x/app.db"},
		{probity.Unit{Target: ".", Part: "a/app.db"}, "sqlite:a/app.db"},
		{probity.Unit{Target: "/srv/repo", Part: "a/app.db", Base: "sub"}, "sqlite:sub/a/app.db"},
	} {
		if got := database.Supplies(tt.unit)[0].On.ID; got != tt.want {
			t.Errorf("%+v: got %q, want %q", tt.unit, got, tt.want)
		}
	}
}

// TestContract counts goroutines, so that nothing runs beside it.
func TestContract(t *testing.T) {
	name := file(t, `CREATE TABLE a (x)`, `CREATE TABLE b (x)`, `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3000)
		INSERT INTO b SELECT i || '@' FROM n`)
	scannertest.Run(t, scanner, unit(name))
}

// TestDeadline: a cancelled count or query ends the scan with the context's error.
func TestDeadline(t *testing.T) {
	t.Parallel()
	name := file(t, `CREATE TABLE b (x)`, `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 300000) INSERT INTO b SELECT i FROM n`)
	ctx, cancel := context.WithTimeout(t.Context(), time.Nanosecond)
	defer cancel()
	var got error
	for _, err := range scanner().Scan(ctx, unit(name)) {
		got = err
	}
	if !errors.Is(got, context.DeadlineExceeded) {
		t.Errorf("got error %v, want %v", got, context.DeadlineExceeded)
	}
}
