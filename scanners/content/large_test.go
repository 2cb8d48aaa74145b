package content_test

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/probity-scan/probity/scanners/content"
)

// endless gives n bytes of a filling after a beginning.
type endless struct {
	begin, fill string
	n           int64
}

func (e *endless) Read(p []byte) (int, error) {
	if n := copy(p, e.begin); n > 0 {
		e.begin = e.begin[n:]
		return n, nil
	}
	if e.n == 0 {
		return 0, io.EOF
	}
	n := copy(p[:min(int64(len(p)), e.n)], e.fill)
	e.n -= int64(n)
	return n, nil
}

// TestHuge reads a line and a string of a gigabyte, and other long things. It gives up on what no parser should hold, keeps what it
// read until there, and never holds more than a few windows.
func TestHuge(t *testing.T) {
	const gigabyte = 1 << 30
	for _, tt := range []struct {
		file, begin string
		size        int64
		what        string
	}{
		{"a.log", "x\na@example.org ", gigabyte, "line 2"},
		{"a.json", `{"note":"`, gigabyte, "the string at line 1"},
		{"a.csv", "id,note\n1,\"", gigabyte / 16, "the record at line 2"},
		{"b.csv", "id,note\n1,", gigabyte / 16, "the record at line 2"},
		{"b.json", "\n{\"", gigabyte / 16, "the string at line 2"},
		{"a.jsonl", "{\"note\":1}\n{\"note\":\"", gigabyte / 16, "line 2"},
		{"c.json", `{"n":1`, gigabyte / 16, "the number at line 1"},
	} {
		t.Run(tt.file, func(t *testing.T) {
			var before, after runtime.MemStats
			runtime.GC()
			runtime.ReadMemStats(&before)
			longest, read := 0, int64(0)
			rep, err := content.Read(t.Context(), tt.file, &endless{tt.begin, strings.Repeat("7", 64<<10), tt.size}, content.Options{Bytes: 2 * gigabyte}, func(_ *content.Column, b []byte) error {
				longest, read = max(longest, len(b)), read+int64(len(b))
				return nil
			})
			if err != nil {
				t.Fatal(err)
			}
			runtime.ReadMemStats(&after)
			if want := "unreadable: " + tt.what + " is longer than 16 MiB"; gap(rep.Gap) != want || rep.Gap.Needs == "" {
				t.Errorf("got gap %q, want %q", gap(rep.Gap), want)
			}
			if rep.Bytes < 16<<20 || rep.Bytes > 17<<20 || read < 16<<20-64 {
				t.Errorf("got %d bytes read and %d handed over, want 16 MiB", rep.Bytes, read)
			}
			if longest > 64<<10 {
				t.Errorf("got a piece of %d bytes, want at most 64 KiB", longest)
			}
			if used := after.TotalAlloc - before.TotalAlloc; used > 4<<20 {
				t.Errorf("allocated %d bytes, want a few windows", used)
			}
		})
	}
}

// TestLongDocument: a document on one line is long, not a record of it.
func TestLongDocument(t *testing.T) {
	t.Parallel()
	for _, in := range []string{`["x` + strings.Repeat(`","`+strings.Repeat("x", 97), 170<<10) + `"]`, `[1` + strings.Repeat(","+strings.Repeat("1", 99), 170<<10) + `]`, "{" + strings.Repeat(" ", 17<<20) + "}"} {
		rep, err := content.Read(t.Context(), "a.json", strings.NewReader(in), content.Options{}, func(*content.Column, []byte) error { return nil })
		if err != nil || rep.Gap != nil || rep.Bytes != int64(len(in)) {
			t.Errorf("got gap %q after %d of %d bytes, error %v; want all read", gap(rep.Gap), rep.Bytes, len(in), err)
		}
	}
}

// TestSparse reads a file of a gigabyte of zeros after some text: a hole on the disk is binary, and is not read through.
func TestSparse(t *testing.T) {
	t.Parallel()
	name := filepath.Join(t.TempDir(), "a.log")
	if err := os.WriteFile(name, []byte("text\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.Truncate(name, 1<<30); err != nil {
		t.Fatal(err)
	}
	f, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rep, err := content.Read(t.Context(), name, f, content.Options{}, func(*content.Column, []byte) error { return nil })
	if err != nil || gap(rep.Gap) != "not-collected: format not read: binary" || rep.Bytes > 1<<20 {
		t.Errorf("got %q after %d bytes, error %v; want it told from its beginning", gap(rep.Gap), rep.Bytes, err)
	}
}

// TestCancel stops in the middle of an object that has no end.
func TestCancel(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	time.AfterFunc(20*time.Millisecond, cancel)
	start := time.Now()
	_, err := content.Read(ctx, "a.log", &endless{"", strings.Repeat("a", 999) + "\n", 1 << 50}, content.Options{Bytes: 1 << 50}, func(*content.Column, []byte) error { return nil })
	if !errors.Is(err, context.Canceled) || time.Since(start) > time.Second {
		t.Errorf("got %v after %v, want %v at once", err, time.Since(start), context.Canceled)
	}
}

// TestNoCut: a value in a long line is found whole, wherever the line is cut.
func TestNoCut(t *testing.T) {
	t.Parallel()
	for shift := range 40 {
		line := strings.Repeat("x ", 1000) + strings.Repeat(" ", shift) + strings.Repeat("some.person@example.org, ", 500)
		n := 0
		_, err := content.Read(t.Context(), "a.log", strings.NewReader(line), content.Options{Cell: 1024}, func(_ *content.Column, b []byte) error {
			n += strings.Count(string(b), "some.person@example.org")
			return nil
		})
		if err != nil || n != 500 {
			t.Fatalf("shifted by %d: got %d whole values, want 500 (error %v)", shift, n, err)
		}
	}
}

func TestDamagedGzip(t *testing.T) {
	t.Parallel()
	in := []byte(zip(strings.Repeat("id,name\n1,some text\n2,other text\n", 3000)))
	for i := 0; i < len(in); i++ {
		bad := append([]byte(nil), in...)
		bad[i] ^= 0x55
		rep, err := content.Read(t.Context(), "a.csv.gz", strings.NewReader(string(bad)), content.Options{}, func(*content.Column, []byte) error { return nil })
		if err != nil {
			t.Fatalf("byte %d: got error %v, want a gap", i, err)
		}
		if rep.Gap != nil && strings.Contains(rep.Gap.Because, "some text") {
			t.Errorf("byte %d: got %q, which quotes content", i, rep.Gap.Because)
		}
	}
}

// FuzzRead: no input panics, hangs or is handed over twice, and what is told never quotes it.
func FuzzRead(f *testing.F) {
	for _, name := range []string{"a", "a.csv", "a.tsv", "a.json", "a.jsonl", "a.gz", "a.sql", "a.eml", "a.mbox", "a.xml", "a.yaml", "a.html"} {
		for _, in := range []string{"", "a,b\n1,\"2\"\n", `{"a":["\u00e9",1e3,true,null,{}]}`, "{\"a\":1}\n{\"a\":\n", "\xff\xfea\x00", zip("a,b\n1,2\n"), "\"", "[[[[", "COPY t (a) FROM stdin;\n\\N\tx\n\\.\nINSERT INTO t VALUES (1,'x');", "CREATE TABLE `t` (\n`a` int\n);\nINSERT INTO `t` VALUES (1,E'\\n'),(f(2));", zstded(table), unhex(xzTable), unhex(bzip2Table), zipOf("a.csv", table), tarOf("a.csv", table), "<a b='1'>x<c/>y</a>", "a: &x [1, {b: 'c'}]\nd:\n- *x\n- |\n  e\n", "<table><tr><th>a<td>b<input name=x value=y><!--z--><script>1</script>", document("x"), "<meta charset=shift_jis>\x82\xa0\x82\xa2", "\xcf\xf0\xe8\xe2\xe5\xf2, \xec\xe8\xf0", "From: a\nContent-Type: multipart/mixed; boundary=B\n\n--B\nContent-Transfer-Encoding: base64\n\naGk=\n--B--\n", "From x\nTo: a\n\nhi\n\nFrom y\nTo: b\n\nho\n", avroOf(`{"type":"map","values":"string"}`, nil, map[string]any{"k": "v"}),
			workbook(`<row><c t="s"><v>0</v></c></row>`, "<si><t>x</t></si>"), openDocument("application/vnd.oasis.opendocument.spreadsheet", "<table><table-row><table-cell><p>x</p></table-cell></table-row></table>")} {
			f.Add(name, []byte(in), 16)
		}
	}
	f.Fuzz(func(t *testing.T, name string, in []byte, cell int) {
		if cell < 1 {
			return
		}
		total := int64(0)
		rep, err := content.Read(t.Context(), name, strings.NewReader(string(in)), content.Options{Cell: cell, Bytes: 1 << 20}, func(c *content.Column, b []byte) error {
			if len(b) > max(cell, 64) && len(b) > cell+4 {
				t.Errorf("got a cell of %d bytes, want at most %d", len(b), cell)
			}
			total += int64(len(b))
			return nil
		})
		if err != nil {
			t.Errorf("got error %v, want a gap", err)
		}
		if len(in) > 2 && !strings.ContainsRune("\x1f\x28\u00fdBPO%", rune(in[0])) && total > 3*int64(len(in))+8 {
			t.Errorf("got %d bytes of cells from %d of input", total, len(in))
		}
		if rep.Bytes > 1<<20 {
			t.Errorf("got %d bytes read, want the budget kept", rep.Bytes)
		}
	})
}
