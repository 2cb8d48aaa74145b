package content_test

import (
	"archive/tar"
	zips "archive/zip"
	"bytes"
	"encoding/hex"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/klauspost/compress/zstd"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/content"
)

// A table of one row, as xz and bzip2 pack it, and with a dictionary of 256 MiB.
const (
	xzTable    = "fd377a585a000004e6d6b446020021010c0000008f98419c01000b69642c6e616d650a312c410a00f9f2177ccad179fa0001240ca618d8d81fb6f37d010000000004595a"
	xzLarge    = "fd377a585a000004e6d6b44602002101200000000988a57601000b69642c6e616d650a312c410a00f9f2177ccad179fa0001240ca618d8d81fb6f37d010000000004595a"
	bzip2Table = "425a6839314159265359e818d4cd000004dd00001000042000200026232000220311a1003040205f30cf8bb9229c2848740c6a6680"
)

// unhex is the bytes of a constant.
func unhex(s string) string {
	b, err := hex.DecodeString(s)
	if err != nil {
		panic(err)
	}
	return string(b)
}

func zstded(s string) string {
	w, err := zstd.NewWriter(nil)
	if err != nil {
		panic(err)
	}
	return string(w.EncodeAll([]byte(s), nil))
}

// zipOf packs files, given as name and content in turns.
func zipOf(files ...string) string {
	return zipped(func(z *zips.Writer, name, _ string) (io.Writer, error) { return z.Create(name) }, files...)
}

// sized is zipOf with files that are not packed, as they are written when sizes are known.
func sized(files ...string) string {
	return zipped(func(z *zips.Writer, name, body string) (io.Writer, error) {
		return z.CreateRaw(&zips.FileHeader{Name: name, CompressedSize64: uint64(len(body)), UncompressedSize64: uint64(len(body))})
	}, files...)
}

// stored is zipOf with files that are not packed, as they are written when sizes are not known.
func stored(files ...string) string {
	return zipped(func(z *zips.Writer, name, _ string) (io.Writer, error) {
		return z.CreateHeader(&zips.FileHeader{Name: name, Method: zips.Store})
	}, files...)
}

// zipped writes files into an archive, each as open begins it.
func zipped(open func(z *zips.Writer, name, body string) (io.Writer, error), files ...string) string {
	var b bytes.Buffer
	z := zips.NewWriter(&b)
	for i := 0; i < len(files); i += 2 {
		w, err := open(z, files[i], files[i+1])
		if err != nil {
			panic(err)
		}
		if _, err := io.WriteString(w, files[i+1]); err != nil {
			panic(err)
		}
	}
	if err := z.Close(); err != nil {
		panic(err)
	}
	return b.String()
}

// openDocument is an OpenDocument file: its type comes first, as it is.
func openDocument(kind, body string) string { return stored("mimetype", kind, "content.xml", body) }

func tarOf(files ...string) string {
	var b bytes.Buffer
	t := tar.NewWriter(&b)
	for i := 0; i < len(files); i += 2 {
		if err := t.WriteHeader(&tar.Header{Name: files[i], Size: int64(len(files[i+1])), Mode: 0o600, Typeflag: tar.TypeReg}); err != nil {
			panic(err)
		}
		if _, err := io.WriteString(t, files[i+1]); err != nil {
			panic(err)
		}
	}
	if err := t.WriteHeader(&tar.Header{Name: "link", Linkname: "/etc/passwd", Typeflag: tar.TypeSymlink}); err != nil {
		panic(err)
	}
	if err := t.Close(); err != nil {
		panic(err)
	}
	return b.String()
}

const table = "id,name\n1,A\n"

func TestPackings(t *testing.T) {
	t.Parallel()
	cells := []string{"id|id|1", "name|name|A"}
	run(t, map[string]edge{
		"zstd":              {"a.csv.zst", zstded(table), cells, content.CSV, 1, ""},
		"xz":                {"a.csv.xz", unhex(xzTable), cells, content.CSV, 1, ""},
		"lz4":               {"a.csv.lz4", lz4ed(table), cells, content.CSV, 1, ""},
		"lz4, cut":          {"a.csv.lz4", lz4ed(table)[:12], nil, content.Empty, 0, "unreadable: unexpected end of lz4 stream"},
		"bzip2":             {"a.csv.bz2", unhex(bzip2Table), cells, content.CSV, 1, ""},
		"mixed":             {"a.csv.bz2.zst.gz", zip(zstded(unhex(bzip2Table))), cells, content.CSV, 1, ""},
		"xz, large memory":  {"a.csv.xz", unhex(xzLarge), nil, content.Empty, 0, "unreadable: xz stream needs more memory than 64 MiB"},
		"xz, cut":           {"a.csv.xz", unhex(xzTable)[:40], cells, content.CSV, 1, "unreadable: unexpected end of xz stream"},
		"bzip2, damaged":    {"a.bz2", unhex(bzip2Table)[:20] + "xxxxxxxxxxxxxxxxxxxxxxxxxx", nil, content.Empty, 0, "unreadable: bzip2 stream is damaged"},
		"zstd, cut":         {"a.zst", zstded(table)[:8], nil, content.Empty, 0, "unreadable: unexpected end of zstd stream"},
		"zstd, a bomb":      {"a.zst", zstded(strings.Repeat("\n", 8<<20)), nil, content.Text, 1 << 20, "unreadable: unpacks to far more than its size"},
		"words, not bzip2":  {"a.txt", "BZh is a word\n", []string{"||BZh is a word"}, content.Text, 1, ""},
		"packed too deeply": {"a", zstded(zip(zstded(zip("x")))), nil, content.Empty, 0, "unreadable: packed more than 3 times over"},
	})
}

func TestArchives(t *testing.T) {
	t.Parallel()
	enc := []byte(zipOf("a.csv", table))
	for _, sig := range []string{"PK\x03\x04", "PK\x01\x02"} {
		enc[bytes.Index(enc, []byte(sig))+map[string]int{"PK\x03\x04": 6, "PK\x01\x02": 8}[sig]] |= 1
	}
	cells := []string{"x/a.csv:id|id|1", "x/a.csv:name|name|A"}
	run(t, map[string]edge{
		"zip":               {"a.zip", zipOf("x/", "", "x/a.csv", table, "b.txt", "hi\n"), append(cells[:2:2], "b.txt||hi"), content.Zip, 2, ""},
		"tar":               {"a.tar", tarOf("x/a.csv", table, "b.json", `{"k":"v"}`), append(cells[:2:2], "b.json:k|k|v"), content.Tar, 2, ""},
		"tar, packed":       {"a.tgz", zip(tarOf("x/a.csv", table)), cells, content.Tar, 1, ""},
		"traversal":         {"a.zip", zipOf("../../x/a.csv", table, "..\\..\\x\\a.csv", table), append(cells[:2:2], cells...), content.Zip, 2, ""},
		"traversal in tar":  {"a.tar", tarOf("/../x/a.csv", table), cells, content.Tar, 1, ""},
		"controls in names": {"a.zip", zipOf("a\x1b[31m\n.txt", "hi"), []string{"a_[31m_.txt||hi"}, content.Zip, 1, ""},
		"in each other":     {"a.zip", zipOf("i.tar", tarOf("j.zip", zipOf("x/a.csv", table))), []string{"i.tar:j.zip:x/a.csv:id|id|1", "i.tar:j.zip:x/a.csv:name|name|A"}, content.Zip, 1, ""},
		"too deep": {"a.zip", zipOf("1.zip", zipOf("2.zip", zipOf("3.zip", zipOf("x", "hi")))), nil, content.Zip, 0,
			"unreadable: 1.zip: 2.zip: 3.zip: archives in archives, more than 3 deep"},
		"encrypted":         {"a.zip", string(enc), nil, content.Zip, 0, "unreadable: a.csv: encrypted"},
		"a format not read": {"a.zip", zipOf("a.png", "\x89PNG", "b.txt", "hi"), []string{"b.txt||hi"}, content.Zip, 1, "not-collected: format not read: png image"},
		"several are lost": {"a.zip", zipOf("a.json", "{", "b.png", "\x89PNG", "c.json", "{", "d.txt", "hi"), []string{"d.txt||hi"}, content.Zip, 3,
			"unreadable: a.json: unexpected end of JSON at line 1, and 1 more files of the archive"},
		"a bomb":            {"a.zip", zipOf("a.txt", strings.Repeat("\n", 8<<20), "b.txt", "hi"), []string{"b.txt||hi"}, content.Zip, 2424833, "unreadable: a.txt: unpacks to far more than its size"},
		"cut":               {"a.zip", zipOf("a.csv", table, "b.csv", table)[:110], []string{"a.csv:id|id|1", "a.csv:name|name|A"}, content.Zip, 1, "unreadable: zip archive is damaged"},
		"cut, sizes before": {"a.zip", sized("a/", "", "a.csv", table, "b.csv", table)[:100], []string{"a.csv:id|id|1", "a.csv:name|name|A"}, content.Zip, 1, "unreadable: zip archive is damaged"},
		"empty zip":         {"a.zip", zipOf(), nil, content.Zip, 0, ""},
		"tar, damaged":      {"a.tar", tarOf("x/a.csv", table)[:1024] + strings.Repeat("x", 1024), cells, content.Tar, 1, "unreadable: tar archive is damaged"},
		"tar, cut":          {"a.tar", tarOf("x/a.csv", table, "b.txt", strings.Repeat("x ", 999))[:2000], append(cells[:2:2], "b.txt||"+strings.Repeat("x ", 232)), content.Tar, 2, "unreadable: b.txt: unexpected end of tar stream, and 1 more files of the archive"},
	})
}

func TestManyFiles(t *testing.T) {
	t.Parallel()
	var files []string
	for i := range 10001 {
		files = append(files, fmt.Sprintf("%d.txt", i), "x")
	}
	places := map[string]bool{}
	rep, err := content.Read(t.Context(), "a.zip", strings.NewReader(zipOf(files...)), content.Options{}, func(c *content.Column, _ []byte) error {
		places[c.Path] = true
		return nil
	})
	if err != nil || gap(rep.Gap) != "sampled: first 10000 files of an archive" || rep.Records != 10000 || len(places) != 2001 {
		t.Errorf("got gap %q, %d records, %d places, error %v", gap(rep.Gap), rep.Records, len(places), err)
	}
}

func TestArchiveBudget(t *testing.T) {
	t.Parallel()
	var noise strings.Builder
	for i := range 500 {
		fmt.Fprintf(&noise, "%d\n", i*7919%10007)
	}
	for _, in := range []string{zipOf("a.txt", noise.String(), "b.txt", noise.String(), "c.txt", "x"), tarOf("a.txt", noise.String(), "b.txt", noise.String(), "c.txt", "x")} {
		_, rep := read(t, "a", in, content.Options{Bytes: 3000})
		if rep.Gap == nil || rep.Gap.Reason != probity.Sampled || rep.Bytes > 3000 {
			t.Errorf("got gap %q after %d bytes, want a sample of 3000", gap(rep.Gap), rep.Bytes)
		}
	}
	if _, rep := read(t, "a.zip", zipOf("a.txt", noise.String()), content.Options{Bytes: 500}); gap(rep.Gap) != "unreadable: zip archive is larger than 500 bytes" {
		t.Errorf("got gap %q, want the archive too large", gap(rep.Gap))
	}
}
