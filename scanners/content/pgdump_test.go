package content_test

import (
	"bytes"
	"compress/zlib"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/pierrec/lz4/v4"

	"github.com/probity-scan/probity/scanners/content"
	"github.com/probity-scan/probity/scanners/database/databasetest"
)

// rowsOf drops what is free text in a dump, and gives the number of its lines.
func rowsOf(cells []string) (rows []string, free int) {
	for _, c := range cells {
		if strings.Contains(c, "||") && (strings.HasPrefix(c, "||") || strings.Contains(c, "toc.dat||") || strings.Contains(c, "restore.sql||")) {
			free++
			continue
		}
		rows = append(rows, c)
	}
	slices.Sort(rows)
	return rows, free
}

// TestPGDump reads what the pg_dump of a real server writes, in each of its formats.
func TestPGDump(t *testing.T) {
	server := databasetest.Postgres(t, databasetest.Options{})
	server.Exec(t, "postgres", `CREATE TABLE people (id int PRIMARY KEY, email text, "full name" text)`, `COMMENT ON TABLE people IS 'those of c@example.org'`,
		`INSERT INTO people VALUES (1, 'a@example.org', E'Ada\tL\\\nx'), (2, NULL, 'Zoë')`, `CREATE SCHEMA "Odd one"`, `CREATE TABLE "Odd one"."T" (v text)`, `INSERT INTO "Odd one"."T" VALUES ('b@example.org')`,
		`CREATE TABLE empty (x int)`, `SELECT lo_from_bytea(4711, convert_to('{"mail":"d@example.org"}', 'UTF8'))`,
		`CREATE TABLE many AS SELECT i AS id, md5(i::text) AS mark FROM generate_series(1, 5000) i`)
	want := []string{"Odd one.T.v|v|b@example.org", "large object 4711:mail|mail|d@example.org", "public.people.email|email|a@example.org", "public.people.full name|full name|Ada\tL\\\nx",
		"public.people.full name|full name|Zoë", "public.people.id|id|1", "public.people.id|id|2"}
	check := func(t *testing.T, got []string, rep content.Report, want []string) {
		t.Helper()
		marks := 0
		rows, free := rowsOf(got)
		rows = slices.DeleteFunc(rows, func(s string) bool {
			marks += strings.Count(s, "public.many.mark|mark|")
			return strings.HasPrefix(s, "public.many.")
		})
		if d := cmp.Diff(want, rows); d != "" || free < 10 || marks != 5000 {
			t.Errorf("%d lines of free text, %d marks; cells (-want +got):\n%s", free, marks, d)
		}
		if rep.Gap != nil || !slices.ContainsFunc(got, func(s string) bool { return strings.Contains(s, "c@example.org") }) {
			t.Errorf("got gap %q, want a comment too, and none", gap(rep.Gap))
		}
	}
	dir := t.TempDir()
	for name, args := range map[string][]string{"packed": {"-Fc"}, "as they are": {"-Fc", "-Z0"}, "statements": {"-Fc", "--inserts", "--rows-per-insert=7"}, "old letters": {"-Fc", "-E", "LATIN1"}} {
		t.Run(name, func(t *testing.T) {
			file := filepath.Join(dir, "a.dump")
			server.Dump(t, "postgres", append(args, "-f", file)...)
			in, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			got, rep := readAt(t, "a.dump", &store{object: string(in)}, int64(len(in)), content.Options{})
			check(t, got, rep, want)
			if rep.Format != content.PGDump || !rep.Ranged {
				t.Errorf("got %s, ranged %v", rep.Format, rep.Ranged)
			}
			piped := string(server.Dump(t, "postgres", args...))
			got, rep = read(t, "a.dump", piped, content.Options{})
			check(t, got, rep, want)
			got, rep = read(t, "a.dump.gz", zip(piped), content.Options{})
			check(t, got, rep, want)
		})
	}
	t.Run("tar", func(t *testing.T) {
		got, rep := read(t, "a.tar", string(server.Dump(t, "postgres", "-Ft")), content.Options{})
		check(t, got, rep, moved(append([]string{"blobs.toc||4711 blob_4711.dat"}, want...), "large object 4711:", "blob_4711.dat:"))
	})
	t.Run("shares", func(t *testing.T) { shares(t, server) })
	t.Run("folder", func(t *testing.T) { folder(t, server, filepath.Join(dir, "folder"), want, check) })
}

// moved is the cells with those of one place at another.
func moved(cells []string, from, to string) []string {
	out := slices.Clone(cells)
	for i, c := range out {
		out[i] = strings.Replace(c, from, to, 1)
	}
	slices.Sort(out)
	return out
}

// folder reads each file of what pg_dump -Fd writes.
func folder(t *testing.T, server *databasetest.Server, dir string, want []string, check func(*testing.T, []string, content.Report, []string)) {
	server.Dump(t, "postgres", "-Fd", "-f", dir)
	toc, err := os.Open(filepath.Join(dir, "toc.dat"))
	if err != nil {
		t.Fatal(err)
	}
	defer toc.Close()
	contents := content.ReadContents(t.Context(), toc)
	files, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for _, f := range files {
		in, err := os.ReadFile(filepath.Join(dir, f.Name()))
		if err != nil {
			t.Fatal(err)
		}
		got, rep := read(t, f.Name(), string(in), content.Options{Dump: func() *content.Contents { return contents }})
		if rep.Gap != nil {
			t.Errorf("%s: got gap %q", f.Name(), gap(rep.Gap))
		}
		if f.Name() == "blobs.toc" {
			continue
		}
		all = append(all, got...)
	}
	check(t, all, content.Report{}, moved(want, "large object 4711:mail", "mail"))
}

// archiveOf writes an archive as the pg_dump of a version does, with one table and its packed rows in pieces.
func archiveOf(minor, packing byte, rows string) string {
	var b bytes.Buffer
	number := func(n int32) {
		b.WriteByte(0)
		b.Write([]byte{byte(n), byte(n >> 8), byte(n >> 16), byte(n >> 24)})
	}
	text := func(s string) {
		number(int32(len(s)))
		b.WriteString(s)
	}
	none := func() { b.Write([]byte{1, 1, 0, 0, 0}) }
	b.WriteString("PGDMP\x01")
	b.Write([]byte{minor, 0, 4, 8, 1})
	if minor >= 15 {
		b.WriteByte(packing)
	} else {
		number(int32(packing))
	}
	for range 7 {
		number(1)
	}
	for _, s := range []string{"db", "17.1", "17.1"} {
		text(s)
	}
	number(1)
	number(42)
	number(1)
	for _, s := range []string{"0", "16384", "people", "TABLE DATA"} {
		text(s)
	}
	if minor >= 11 {
		number(3)
	}
	text("")
	text("")
	text("COPY people (id, mail) FROM stdin;\n")
	text("public")
	text("")
	if minor >= 14 {
		text("heap")
	}
	if minor >= 16 {
		number('r')
	}
	text("postgres")
	text("false")
	text("7")
	none()
	b.Write([]byte{1, 0, 0, 0, 0, 0, 0, 0, 0})
	b.WriteByte(1)
	number(42)
	for len(rows) > 0 {
		n := min(len(rows), 17)
		text(rows[:n])
		rows = rows[n:]
	}
	number(0)
	return b.String()
}

func zlibbed(s string) string {
	var b bytes.Buffer
	w := zlib.NewWriter(&b)
	_, _ = w.Write([]byte(s)) // into memory
	_ = w.Close()
	return b.String()
}

func lz4ed(s string) string {
	var b bytes.Buffer
	w := lz4.NewWriter(&b)
	_, _ = w.Write([]byte(s)) // into memory
	_ = w.Close()
	return b.String()
}

func TestPGDumpVersions(t *testing.T) {
	t.Parallel()
	const rows = "1\ta@example.org\n2\t\\N\n\\.\n\n\n"
	cells := []string{"public.people.id|id|1", "public.people.mail|mail|a@example.org", "public.people.id|id|2"}
	const damaged = "unreadable: pg_dump archive is damaged"
	run(t, map[string]edge{
		"1.10, of PostgreSQL 8": {"a", archiveOf(10, 0, rows), cells, content.PGDump, 2, ""},
		"1.12":                  {"a", archiveOf(12, 6, zlibbed(rows)), cells, content.PGDump, 2, ""},
		"1.16, zlib":            {"a", archiveOf(16, 1, zlibbed(rows)), cells, content.PGDump, 2, ""},
		"1.16, lz4":             {"a", archiveOf(16, 2, lz4ed(rows)), cells, content.PGDump, 2, ""},
		"1.16, zstd":            {"a", archiveOf(16, 3, zstded(rows)), cells, content.PGDump, 2, ""},
		"1.17":                  {"a", archiveOf(17, 0, rows), nil, content.PGDump, 0, "not-collected: pg_dump archive of a version that is not read"},
		"cut in the rows":       {"a", archiveOf(14, 0, rows)[:len(archiveOf(14, 0, rows))-15], cells, content.PGDump, 2, damaged},
		"cut in the header":     {"a", archiveOf(14, 0, rows)[:30], nil, content.PGDump, 0, damaged},
		"packed otherwise":      {"a", archiveOf(16, 3, lz4ed(rows)), nil, content.PGDump, 0, "unreadable: public.people: zstd stream is damaged"},
		"a bomb":                {"a", archiveOf(16, 1, zlibbed(strings.Repeat("\n", 8<<20))), nil, content.PGDump, 1048576, "unreadable: public.people: unpacks to far more than its size"},
		"only a mark":           {"a", "PGDMP", nil, content.PGDump, 0, damaged},
		"numbers of 200 bytes":  {"a", "PGDMP\x01\x0e\x00\xc8\x08\x01" + strings.Repeat("\xff", 999), nil, content.PGDump, 0, damaged},
		"endless entries":       {"a", archiveOf(14, 0, "")[:60] + "\x00\xff\xff\xff\x7f" + strings.Repeat("\x00", 1<<20), nil, content.PGDump, 0, damaged},
		"a text of 2 GB":        {"a", "PGDMP\x01\x0e\x00\x04\x08\x01" + strings.Repeat("\x00", 40) + "\x00\xff\xff\xff\x7f" + strings.Repeat("x", 999), nil, content.PGDump, 0, damaged},
	})
}

// shares: within a budget, each table of a dump that is a file is read for some rows.
func shares(t *testing.T, server *databasetest.Server) {
	server.Exec(t, "postgres", "CREATE DATABASE shares")
	for i := range 4 {
		server.Exec(t, "shares", fmt.Sprintf("CREATE TABLE t%d AS SELECT i AS id, md5(i::text) AS mark FROM generate_series(1, %d) i", i, 10+i*20000))
	}
	file := filepath.Join(t.TempDir(), "a.dump")
	server.Dump(t, "shares", "-Fc", "-Z0", "-f", file)
	in, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	s := &store{object: string(in)}
	n := map[string]int{}
	rep, err := content.Read(t.Context(), "a", bytes.NewReader(in), content.Options{At: s, Size: int64(len(in)), Bytes: 600 << 10}, func(c *content.Column, _ []byte) error {
		n[c.Path]++
		return nil
	})
	if err != nil || gap(rep.Gap) != "sampled: not all rows of 3 tables in a dump" || n["public.t0.id"] != 10 {
		t.Errorf("got gap %q, error %v and %v", gap(rep.Gap), err, n)
	}
	for i := 1; i < 4; i++ {
		if got := n[fmt.Sprintf("public.t%d.mark", i)]; got < 1000 || got > 10000 {
			t.Errorf("read %d rows of t%d, want an equal share", got, i)
		}
	}
	if s.n > 600<<10 || rep.Bytes > 600<<10 || len(in) < 2<<20 {
		t.Errorf("fetched %d of %d bytes, and read %d; want no more than the budget", s.n, len(in), rep.Bytes)
	}
}

// FuzzPGDump: no archive panics, hangs or takes more than it may.
func FuzzPGDump(f *testing.F) {
	for _, in := range []string{archiveOf(10, 0, "1\tx\n\\.\n"), archiveOf(14, 6, zlibbed("1\tx\n\\.\n")), archiveOf(16, 3, zstded("1\tx\n\\.\n")), archiveOf(16, 2, lz4ed("1\tx\n\\.\n"))} {
		f.Add([]byte(in), true)
		f.Add([]byte(in), false)
	}
	f.Fuzz(func(t *testing.T, in []byte, placed bool) {
		o := content.Options{Bytes: 1 << 20}
		if placed {
			o.At, o.Size = bytes.NewReader(in), int64(len(in))
		}
		given := 0
		rep, err := content.Read(t.Context(), "a", bytes.NewReader(in), o, func(_ *content.Column, b []byte) error {
			given += len(b)
			return nil
		})
		if err != nil || given > 2<<20 || rep.Bytes > 3<<20 {
			t.Errorf("got error %v, %d bytes read and %d handed over", err, rep.Bytes, given)
		}
	})
}
