package objects

import (
	"bytes"
	"encoding/binary"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/tree"
)

// contents is a table of contents as pg_dump 15 writes it into a folder, of one table.
func contents() string {
	var b bytes.Buffer
	number := func(n int32) { b.Write(binary.LittleEndian.AppendUint32([]byte{0}, uint32(n))) }
	text := func(texts ...string) {
		for _, s := range texts {
			number(int32(len(s)))
			b.WriteString(s)
		}
	}
	b.WriteString("PGDMP\x01\x0e\x00\x04\x08\x05")
	for range 8 {
		number(0) // unpacked, and when it was made
	}
	text("db", "15", "15")
	for _, n := range []int32{1, 3300, 1} {
		number(n)
	}
	text("0", "16384", "people", "TABLE DATA")
	number(3)
	text("", "", "COPY public.people (id, mail) FROM stdin;\n", "public", "", "heap", "postgres", "false")
	b.Write([]byte{1, 1, 0, 0, 0})
	text("3300.dat")
	return b.String()
}

// TestDumpFolder: rows that pg_dump wrote into a folder have the names that its table of contents tells.
func TestDumpFolder(t *testing.T) {
	t.Parallel()
	const rows = "1\ta@\n2\tb\n\\.\n\n\n"
	dir := lay(t, map[string]string{"dump/3300.dat": rows, "dump/toc.dat": contents(), "other/3300.dat": "1\ta@\n2\tb@\n3\tc@\n"})
	a, gaps := scan(t, scanner(Files(tree.Formats{})), unit(dir, &probity.Budget{}))
	want := []string{"dump/3300.dat:public.people.mail 1 of 2/2 all exports/dump/3300.dat:0", "other/3300.dat 3 of 3/3 all exports/other/3300.dat:0"}
	if d := cmp.Diff(want, ons(a)); d != "" || gaps != nil {
		t.Errorf("gaps %q; labels (-want +got):\n%s", gaps, d)
	}
}
