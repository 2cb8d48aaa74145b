package content_test

import (
	"database/sql"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/probity-scan/probity/scanners/content"
)

// sqliteOf is a database made by these statements.
func sqliteOf(t testing.TB, statements ...string) string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "a.db")
	db, err := sql.Open("sqlite", name)
	if err != nil {
		t.Fatal(err)
	}
	db.SetMaxOpenConns(1)
	for _, s := range statements {
		if _, err := db.ExecContext(t.Context(), s); err != nil {
			t.Fatalf("%s: %v", s, err)
		}
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	b, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func people() []string {
	return []string{
		`CREATE TABLE people (id INTEGER PRIMARY KEY, email TEXT, born DATE, "a@example.org" INT, photo BLOB, initial TEXT AS (substr(email, 1, 1)))`,
		`INSERT INTO people VALUES (7, 'a@example.org', '1985-07-06', 1.5, x'fffe00')`, `INSERT INTO people VALUES (8, NULL, NULL, NULL, 'text in a blob')`,
		`CREATE TABLE codes (code TEXT PRIMARY KEY, name TEXT) WITHOUT ROWID`, `INSERT INTO codes VALUES ('CH', 'Zürich')`,
		`CREATE VIEW all_people AS SELECT * FROM people`, `CREATE TRIGGER t AFTER INSERT ON people BEGIN DELETE FROM people; END`,
		`CREATE INDEX by_email ON people (email)`, `CREATE VIRTUAL TABLE docs USING fts5(body)`, `INSERT INTO docs VALUES ('words of b@example.org')`,
	}
}

func TestSQLite(t *testing.T) {
	t.Parallel()
	want := []string{"codes:code|code|CH", "codes:name|name|Zürich", "people:born|born|1985-07-06", "people:column 4||1.5", "people:email|email|a@example.org", "people:id|id|7", "people:id|id|8",
		"people:photo|photo|text in a blob"}
	for name, in := range map[string]string{"as it is": sqliteOf(t, people()...), "UTF-16": sqliteOf(t, append([]string{"PRAGMA encoding = 'UTF-16be'"}, people()...)...),
		"small pages": sqliteOf(t, append([]string{"PRAGMA page_size = 512"}, people()...)...)} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for _, size := range []int64{0, int64(len(in))} {
				got, rep := readAt(t, "a", &store{object: in}, size, content.Options{})
				slices.Sort(got)
				docs := 0
				got = slices.DeleteFunc(got, func(s string) bool {
					docs += strings.Count(s, "docs_content:c0|c0|words of b@example.org")
					return strings.HasPrefix(s, "docs_")
				})
				if d := cmp.Diff(want, got); d != "" || docs != 1 {
					t.Errorf("%d times the document; cells (-want +got):\n%s", docs, d)
				}
				if rep.Format != content.SQLite || gap(rep.Gap) != "not-collected: values that are no text" || rep.Ranged != (size > 0) {
					t.Errorf("got %s, ranged %v, with gap %q", rep.Format, rep.Ranged, gap(rep.Gap))
				}
			}
		})
	}
}

// noise looks as what is encrypted.
func noise(n int) string {
	b := make([]byte, n)
	r := rand.New(rand.NewPCG(5, 6))
	for i := range b {
		b[i] = byte(r.Uint32())
	}
	return string(b)
}

// rows fills a table with texts of a size.
func rows(table string, n, size int) []string {
	return []string{"CREATE TABLE " + table + " (id INTEGER PRIMARY KEY, note TEXT)",
		fmt.Sprintf("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n WHERE i < %d) INSERT INTO %s SELECT i, substr(hex(randomblob(%d)), 1, %d) FROM n", n, table, size, size)}
}

func TestSQLiteShares(t *testing.T) {
	t.Parallel()
	var all []string
	for i := range 5 {
		all = append(all, rows(fmt.Sprintf("t%d", i), 10+i*5000, 100)...)
	}
	in := sqliteOf(t, all...)
	s := &store{object: in}
	n := map[string]int{}
	read := func(budget int64) content.Report {
		clear(n)
		rep, err := content.Read(t.Context(), "a", strings.NewReader(in), content.Options{At: s, Size: int64(len(in)), Bytes: budget}, func(c *content.Column, _ []byte) error {
			n[c.Path]++
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		return rep
	}
	if rep := read(32 << 20); rep.Gap != nil || n["t4:note"] != 20010 || n["t0:id"] != 10 || rep.Records != 50050 {
		t.Errorf("got gap %q, %d records and %v, want all", gap(rep.Gap), rep.Records, n)
	}
	s.n = 0
	rep := read(1 << 20)
	if rep.Gap == nil || !strings.HasPrefix(gap(rep.Gap), "sampled: ") || n["t0:note"] != 10 || n["t1:note"] < 100 || n["t4:note"] < 100 {
		t.Errorf("got gap %q and %v, want some of each table", gap(rep.Gap), n)
	}
	if s.n > 1<<20 || len(in) < 4<<20 {
		t.Errorf("fetched %d of %d bytes, want no more than the budget", s.n, len(in))
	}
}

func TestSQLiteGaps(t *testing.T) {
	t.Parallel()
	in := sqliteOf(t, people()[:2]...)
	logged := []byte(in)
	logged[18], logged[19] = 2, 2
	var many []string
	for i := range 30 {
		many = append(many, fmt.Sprintf("CREATE TABLE t%d (x DEFAULT '%s')", i, strings.Repeat("d", 400<<10)))
	}
	for name, tt := range map[string]struct{ file, in, gap string }{
		"encrypted":            {"a.sqlite", noise(4096), "unreadable: the header is not SQLite's: no database, or encrypted as a whole (SQLCipher)"},
		"only a header":        {"a.db", in[:100], "unreadable: SQLite database is damaged"},
		"a log beside it":      {"a.db", string(logged), "not-collected: the newest changes may stand in a write-ahead log beside the database"},
		"the log itself":       {"a.db-wal", "\x37\x7f\x06\x82\x00\x2d\xe2\x18rest", "not-collected: format not read: write-ahead log of sqlite"},
		"a journal":            {"a.db-journal", "\xd9\xd5\x05\xf9\x20\xa1\x63\xd7rest", "not-collected: format not read: journal of sqlite"},
		"a schema of 12 MB":    {"a.db", sqliteOf(t, many...), "unreadable: SQLite database whose schema takes more than 8 MiB"},
		"a value of 17 MB":     {"a.db", sqliteOf(t, append([]string{"CREATE TABLE big (x)", "INSERT INTO big VALUES (zeroblob(17000000))"}, people()...)...), "unreadable: table big: a value is longer than 16 MiB"},
		"a default that calls": {"a.db", sqliteOf(t, "CREATE TABLE x (a CHECK (a <> randomblob(1000000000)))", "CREATE TABLE y (b AS (zeroblob(1000000000)), c)", "INSERT INTO y (c) VALUES ('v')"), ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if _, rep := read(t, tt.file, tt.in, content.Options{}); gap(rep.Gap) != tt.gap {
				t.Errorf("got gap %q, want %q", gap(rep.Gap), tt.gap)
			}
		})
	}
}

// TestSQLiteDamaged changes bytes all over a database; what is told never quotes it.
func TestSQLiteDamaged(t *testing.T) {
	t.Parallel()
	in := []byte(sqliteOf(t, append(append([]string{"PRAGMA page_size = 512"}, people()[:5]...), rows("more", 40, 100)...)...))
	for i := 0; i < len(in); i += 5 {
		bad := slices.Clone(in)
		bad[i] ^= []byte{0x01, 0x80, 0xff}[i%3]
		got, rep := read(t, "a.db", string(bad), content.Options{Bytes: 1 << 20})
		if rep.Gap != nil && strings.Contains(rep.Gap.Because, "example") || len(got) > 2000 {
			t.Errorf("byte %d: got gap %q after %d cells", i, gap(rep.Gap), len(got))
		}
	}
}
