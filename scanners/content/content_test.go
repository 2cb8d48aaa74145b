package content_test

import (
	"bytes"
	"compress/gzip"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/content"
)

// read gives every cell as "path|name|text".
func read(t *testing.T, name, in string, o content.Options) ([]string, content.Report) {
	t.Helper()
	var out []string
	rep, err := content.Read(t.Context(), name, strings.NewReader(in), o, func(c *content.Column, b []byte) error {
		out = append(out, c.Path+"|"+c.Name+"|"+string(b))
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out, rep
}

func TestRead(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name, file, in string
		want           []string
		format         content.Format
		records        int
		gap            string
	}{
		{name: "text", file: "a.log", in: "one\r\n\ntwo", want: []string{"||one", "||two"}, format: content.Text, records: 3},
		{name: "empty", file: "a.csv", format: content.Empty},
		{name: "header", file: "a.csv", in: "id,email\n1,a@example.org\n", want: []string{"id|id|1", "email|email|a@example.org"}, format: content.CSV, records: 1},
		{name: "no header", file: "a.csv", in: "1,x@example.org\n2,y@example.org\n", want: []string{"column 1||1", "column 2||x@example.org",
			"column 1||2", "column 2||y@example.org"}, format: content.CSV, records: 2},
		{name: "people are no header", file: "a.csv", in: "Ada,Paris\nBob,Rome\nCyd,Oslo\n", want: []string{"column 1||Ada", "column 2||Paris",
			"column 1||Bob", "column 2||Rome", "column 1||Cyd", "column 2||Oslo"}, format: content.CSV, records: 3},
		{name: "semicolons", file: "a.csv", in: "name;note\nA;x, y\nB;z\n", want: []string{"name|name|A", "note|note|x, y", "name|name|B", "note|note|z"}, format: content.CSV, records: 2},
		{name: "tabs", file: "a.tsv", in: "name\tcity\nA\tB,C\n", want: []string{"name|name|A", "city|city|B,C"}, format: content.TSV, records: 1},
		{name: "quotes", file: "a.csv", in: "name,note\r\n\"A \"\"B\"\"\",\"x\ny\"\r\n", want: []string{`name|name|A "B"`, "note|note|x\ny"}, format: content.CSV, records: 1},
		{name: "ragged", file: "a.csv", in: "name,city\nA\nB,C,D\n\n", want: []string{"name|name|A", "name|name|B", "city|city|C", "column 3||D"}, format: content.CSV, records: 2},
		{name: "unclosed quote", file: "a.csv", in: "name,city\nA,B\n\"C,D\n", want: []string{"name|name|A", "city|city|B", "name|name|C,D\n"},
			format: content.CSV, records: 1, gap: "unreadable: a quote is never closed that opens at line 3"},
		{name: "byte order mark", file: "a.csv", in: "\xef\xbb\xbfid,name\n1,A\n", want: []string{"id|id|1", "name|name|A"}, format: content.CSV, records: 1},
		{name: "utf-16", file: "a.csv", in: utf16le("\ufeffid,name\n1,Zoë\n"), want: []string{"id|id|1", "name|name|Zoë"}, format: content.CSV, records: 1},
		{name: "windows-1252", file: "a.csv", in: "id,name\n1,Zo\xeb Mustermann\n", want: []string{"id|id|1", "name|name|Zoë Mustermann"}, format: content.CSV, records: 1},
		{name: "invalid utf-8", file: "a.txt", in: "é\xff\xfe a@example.org\n", want: []string{"||éÿþ a@example.org"}, format: content.Text, records: 1},
		{name: "old bytes far behind", file: "a.txt", in: strings.Repeat("é\n", 50000) + "Zo\xeb \x80", want: append(slices.Repeat([]string{"||é"}, 50000), "||Zoë €"), format: content.Text, records: 50001},
		{name: "no charset", file: "a.csv", in: "id,name\n1,Zo\xeb\n2,\x81\x9d\n", want: []string{"id|id|1", "name|name|Zoë", "id|id|2", "name|name|\ufffd\ufffd"}, format: content.CSV, records: 2,
			gap: "unreadable: neither UTF-8 nor Windows-1252 at byte 17, line 3"},
		{name: "json in an old charset", file: "a.json", in: "\xef\xbb\xbf{\"a\":\n\"Zo\xeb\",\"b\":1}", want: []string{"a|a|Zoë", "b|b|1"}, format: content.JSON, records: 1,
			gap: "unreadable: not UTF-8, which JSON must be, at byte 13, line 2"},
		{name: "ndjson in an old charset", file: "a", in: "{\"a\":1}\n{\"a\":\"\xc3\"}\n", want: []string{"a|a|1", "a|a|Ã"}, format: content.NDJSON, records: 2,
			gap: "unreadable: not UTF-8, which JSON must be, at byte 15, line 2"},
		{name: "png", file: "a.png", in: "\x89PNG\r\n\x1a\n\x81", format: "png image", gap: "not-collected: format not read: png image"},
		{name: "json", file: "a.json", in: `{"people":[{"email":"a@example.org","age":4e1},{"email":"\u0062\ud83d\ude00\n","on":true,"x":null}],"n":[[1]]}`,
			want: []string{"people[].email|email|a@example.org", "people[].age|age|4e1", "people[].email|email|b😀\n", "n[][]|n|1"}, format: content.JSON, records: 1},
		{name: "json array", file: "a.json", in: ` [{"a":"x"},{"a":"y"},[] , {}]`, want: []string{"[].a|a|x", "[].a|a|y"}, format: content.JSON, records: 4},
		{name: "keys that are data", file: "a.json", in: `{"a@example.org":{"age":3}}`, want: []string{"{}||a@example.org", "*.age|age|3"}, format: content.JSON, records: 1},
		{name: "people for keys", file: "a.json", in: `{"Jane Doe":{"First Name":"Jane"}}`, want: []string{"{}||Jane Doe", "*.First Name|First Name|Jane"}, format: content.JSON, records: 1},
		{name: "odd header", file: "a.csv", in: "Kunde*,Betrag [€],\"Tel., privat\"\nA,1,2\nB,2,3\n", want: []string{"Kunde*|Kunde*|A", "Betrag [€]|Betrag [€]|1", "Tel., privat|Tel., privat|2",
			"Kunde*|Kunde*|B", "Betrag [€]|Betrag [€]|2", "Tel., privat|Tel., privat|3"}, format: content.CSV, records: 2},
		{name: "escaped key", file: "a.json", in: `{"na\u006de":"x","":"y"}`, want: []string{"name|name|x", "*||y"}, format: content.JSON, records: 1},
		{name: "truncated json", file: "a.json", in: "{\"a\":\"x\",\n\"b\":\"y", want: []string{"a|a|x", "b|b|y"}, format: content.JSON, records: 1, gap: "unreadable: unexpected end of JSON at line 2"},
		{name: "not json", file: "a.json", in: "hello", want: []string{"||hello"}, format: content.JSON, records: 2, gap: "unreadable: malformed JSON at line 1"},
		{name: "ndjson", file: "a.jsonl", in: "{\"a\":\"x\"}\n{\"a\":\n{\"a\":\"z}\n{\"a\":\"y\"}\n", want: []string{"a|a|x", "a|a|z}", "a|a|y"},
			format: content.NDJSON, records: 4, gap: "unreadable: lines that are not JSON: 2, the first is line 2"},
		{name: "sniffed ndjson", file: "a", in: "{\"a\":\"x\"}\n{\"a\":\"y\"}\n", want: []string{"a|a|x", "a|a|y"}, format: content.NDJSON, records: 2},
		{name: "sniffed table", file: "a", in: "id,email\n1,x@example.org\n2,y@example.org\n", want: []string{"id|id|1", "email|email|x@example.org", "id|id|2", "email|email|y@example.org"}, format: content.CSV, records: 2},
		{name: "gzip", file: "a.csv.gz", in: zip("id,name\n1,A\n"), want: []string{"id|id|1", "name|name|A"}, format: content.CSV, records: 1},
		{name: "gzip twice", file: "a.json.gz.gz", in: zip(zip(`{"a":"x"}`)), want: []string{"a|a|x"}, format: content.JSON, records: 1},
		{name: "gzip too deep", file: "a", in: zip(zip(zip(zip("x")))), format: content.Empty, gap: "unreadable: packed more than 3 times over"},
		{name: "not gzip", file: "a.txt.gz", in: "plain\n", want: []string{"||plain"}, format: content.Text, records: 1},
		{name: "pdf", file: "a.pdf", in: "%PDF-1.7 x", format: content.PDF, gap: "unreadable: PDF is damaged or cut off"},
		{name: "binary", file: "a.csv", in: "a\x00b\x01", format: "binary", gap: "not-collected: format not read: binary"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got, rep := read(t, tt.file, tt.in, content.Options{})
			if d := cmp.Diff(tt.want, got); d != "" {
				t.Errorf("cells (-want +got):\n%s", d)
			}
			if rep.Format != tt.format || rep.Records != tt.records {
				t.Errorf("got format %q with %d records, want %q with %d", rep.Format, rep.Records, tt.format, tt.records)
			}
			if g := gap(rep.Gap); g != tt.gap {
				t.Errorf("got gap %q, want %q", g, tt.gap)
			}
		})
	}
}

func TestTruncatedGzip(t *testing.T) {
	t.Parallel()
	whole := zip(strings.Repeat("a@example.org, some words to pack\n", 9000))
	got, rep := read(t, "a.txt.gz", whole[:len(whole)-20], content.Options{})
	if len(got) < 1000 || gap(rep.Gap) != "unreadable: unexpected end of gzip stream" {
		t.Errorf("got %d cells and gap %q, want what could be read and the loss", len(got), gap(rep.Gap))
	}
	damaged := []byte(whole)
	damaged[len(damaged)-6] ^= 0xff
	if _, rep := read(t, "a.txt.gz", string(damaged), content.Options{}); gap(rep.Gap) != "unreadable: gzip checksum does not match" {
		t.Errorf("got gap %q, want the checksum", gap(rep.Gap))
	}
}

func TestBudget(t *testing.T) {
	t.Parallel()
	for _, file := range []string{"a.txt", "a.csv", "a.json", "a.jsonl"} {
		in := strings.Repeat(`{"a":"x y"}`+"\n", 100)
		got, rep := read(t, file, in, content.Options{Bytes: 500})
		if rep.Gap == nil || rep.Gap.Reason != probity.Sampled || len(got) == 0 || rep.Bytes != 500 {
			t.Errorf("%s: got gap %q after %d cells, %d bytes; want sampled after 500 bytes", file, gap(rep.Gap), len(got), rep.Bytes)
		}
	}
	// What was lost before the cut stays lost; the line that is cut may be whole.
	in := strings.Repeat(`{"a":"x"}`+"\n", 50)
	if _, rep := read(t, "a.jsonl", "{\n"+in, content.Options{Bytes: 105}); gap(rep.Gap) != "unreadable: lines that are not JSON: 1, the first is line 1" {
		t.Errorf("got gap %q, want the malformed line", gap(rep.Gap))
	}
	for _, tt := range []struct {
		in          string
		size        int64
		gap, needed string
	}{
		{in, 0, "sampled: first 105 bytes", "a larger --bytes"},
		{in, 1 << 30, "sampled: first 105 bytes of 1 GiB", "--bytes 1073741824"},
		{in, 3 << 19, "sampled: first 105 bytes of 1.5 MiB", "--bytes 1572864"},
		{zip(in), 106, "sampled: first 105 bytes", "a larger --bytes"},
	} {
		if _, rep := read(t, "a.jsonl", tt.in, content.Options{Bytes: 105, Size: tt.size}); gap(rep.Gap) != tt.gap || rep.Gap.Needs != tt.needed {
			t.Errorf("got %q, needs %q; want %q, %q", gap(rep.Gap), rep.Gap.Needs, tt.gap, tt.needed)
		}
	}
	if _, rep := read(t, "a.txt", "12345", content.Options{Bytes: 5}); rep.Gap != nil {
		t.Errorf("got gap %q for an object as long as the budget, want none", gap(rep.Gap))
	}
}

func TestBomb(t *testing.T) {
	t.Parallel()
	_, rep := read(t, "a.gz", zip(strings.Repeat("\n", 8<<20)), content.Options{})
	if gap(rep.Gap) != "unreadable: unpacks to far more than its size" {
		t.Errorf("got gap %q, want the bomb told", gap(rep.Gap))
	}
}

func TestEachStops(t *testing.T) {
	t.Parallel()
	stop := errors.New("stop")
	_, err := content.Read(t.Context(), "a.csv", strings.NewReader("id\n1\n2\n"), content.Options{}, func(*content.Column, []byte) error { return stop })
	if !errors.Is(err, stop) {
		t.Errorf("got error %v, want the one of each", err)
	}
}

func gap(g *probity.Gap) string {
	if g == nil {
		return ""
	}
	return string(g.Reason) + ": " + g.Because
}

func zip(s string) string {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	if _, err := z.Write([]byte(s)); err != nil {
		panic(err)
	}
	if err := z.Close(); err != nil {
		panic(err)
	}
	return b.String()
}

func utf16le(s string) string {
	var b strings.Builder
	for _, r := range s {
		b.WriteByte(byte(r))
		b.WriteByte(byte(r >> 8))
	}
	return b.String()
}
