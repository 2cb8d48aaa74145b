package content_test

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/probity-scan/probity/scanners/content"
)

// edge is one object and what is read of it: cells as "path|name|text".
type edge struct {
	file, in string
	want     []string
	format   content.Format
	records  int
	gap      string
}

func run(t *testing.T, cases map[string]edge) {
	t.Helper()
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, rep := read(t, c.file, c.in, content.Options{})
			if d := cmp.Diff(c.want, got); d != "" {
				t.Errorf("cells (-want +got):\n%s", d)
			}
			if rep.Format != c.format || rep.Records != c.records {
				t.Errorf("got format %q with %d records, want %q with %d", rep.Format, rep.Records, c.format, c.records)
			}
			if g := gap(rep.Gap); g != c.gap {
				t.Errorf("got gap %q, want %q", g, c.gap)
			}
		})
	}
}

func TestCSVEdges(t *testing.T) {
	t.Parallel()
	run(t, map[string]edge{
		"quotes in quotes":           {"a.csv", "id,note\n1,\"say \"\"hi\"\", twice\"\"\"\n", []string{"id|id|1", `note|note|say "hi", twice"`}, content.CSV, 1, ""},
		"an empty quoted field":      {"a.csv", "id,note\n\"\",x\n", []string{"note|note|x"}, content.CSV, 1, ""},
		"quotes in the middle":       {"a.csv", "id,note\n1,5\" disk\n2,y\n", []string{"id|id|1", `note|note|5" disk`, "id|id|2", "note|note|y"}, content.CSV, 2, ""},
		"text behind a quote":        {"a.csv", "id,note\n1,\"x\"y\n", []string{"id|id|1", "note|note|xy"}, content.CSV, 1, ""},
		"a header in quotes":         {"a.csv", "\"id\",\"full name\"\n1,x\n", []string{"id|id|1", "full name|full name|x"}, content.CSV, 1, ""},
		"a header over two lines":    {"a.csv", "id,\"first\nname\"\n1,x\n2,y\n", []string{"column 1||id", "column 2||first\nname", "column 1||1", "column 2||x", "column 1||2", "column 2||y"}, content.CSV, 3, ""},
		"lines in several fields":    {"a.csv", "id,a,b\n1,\"x\ny\",\"z\n\"\n", []string{"id|id|1", "a|a|x\ny", "b|b|z\n"}, content.CSV, 1, ""},
		"only a header":              {"a.csv", "id,email\n", nil, content.CSV, 0, ""},
		"a header without a newline": {"a.csv", "id,email", nil, content.CSV, 0, ""},
		"one column":                 {"a.csv", "email\na@example.org\nb@example.org\n", []string{"email|email|a@example.org", "email|email|b@example.org"}, content.CSV, 2, ""},
		"blank lines":                {"a.csv", "id,name\n\n1,x\n\n\n2,y\n\n", []string{"id|id|1", "name|name|x", "id|id|2", "name|name|y"}, content.CSV, 2, ""},
		"rows of commas":             {"a.csv", "id,name\n,\n1,x\n", []string{"id|id|1", "name|name|x"}, content.CSV, 2, ""},
		"without a last newline":     {"a.csv", "id,name\n1,x", []string{"id|id|1", "name|name|x"}, content.CSV, 1, ""},
		"pipes":                      {"a.csv", "id|name\n1|x, y\n", []string{"id|id|1", "name|name|x, y"}, content.CSV, 1, ""},
		"pipes by name":              {"a.psv", "id|name\n1|x\n", []string{"id|id|1", "name|name|x"}, content.CSV, 1, ""},
		"tabs in a csv":              {"a.csv", "id\tname\n1\tx\n", []string{"id|id|1", "name|name|x"}, content.CSV, 1, ""},
		"commas of numbers":          {"a.csv", "id;amount\n1;1,50\n2;2,75\n", []string{"id|id|1", "amount|amount|1,50", "id|id|2", "amount|amount|2,75"}, content.CSV, 2, ""},
		"two columns of one name":    {"a.csv", "name,name\nA,B\nC,D\n", []string{"column 1||name", "column 2||name", "column 1||A", "column 2||B", "column 1||C", "column 2||D"}, content.CSV, 3, ""},
		"a column without a name":    {"a.csv", "id,,name\n1,2,x\n", []string{"id|id|1", "column 2||2", "name|name|x"}, content.CSV, 1, ""},
		"dates below tell a header":  {"a.csv", "when,who\n2026-01-02,x\n2026-01-03,y\n", []string{"when|when|2026-01-02", "who|who|x", "when|when|2026-01-03", "who|who|y"}, content.CSV, 2, ""},
		"an address is no header":    {"a.csv", "x@example.org,Ada\ny@example.org,Bob\n", []string{"column 1||x@example.org", "column 2||Ada", "column 1||y@example.org", "column 2||Bob"}, content.CSV, 2, ""},
		"a number is no header":      {"a.csv", "id,4111111111111111\n1,2\n", []string{"column 1||id", "column 2||4111111111111111", "column 1||1", "column 2||2"}, content.CSV, 2, ""},
		"an unclosed header":         {"a.csv", "id,\"name\n1,x\n", []string{"column 1||id", "column 2||name\n1,x\n"}, content.CSV, 0, "unreadable: a quote is never closed that opens at line 1"},
		"UTF-16, big end first":      {"a.csv", flip(utf16le("\ufeffid,name\n1,Zoë\n")), []string{"id|id|1", "name|name|Zoë"}, content.CSV, 1, ""},
		"UTF-16 without a mark":      {"a.csv", utf16le("id,name\n1,Zoe\n2,Ada\n"), []string{"id|id|1", "name|name|Zoe", "id|id|2", "name|name|Ada"}, content.CSV, 2, ""},
		"only a mark":                {"a.csv", "\xef\xbb\xbf", nil, content.Empty, 0, ""},
		"only newlines":              {"a.csv", "\n\n\n", nil, content.CSV, 0, ""},
		"what Excel writes first":    {"a.csv", "sep=;\nid;name\n1;x\n2;y\n", []string{"id|id|1", "name|name|x", "id|id|2", "name|name|y"}, content.CSV, 2, ""},
		"newlines before the header": {"a.csv", "\n\r\nid,name\n1,x\n", []string{"id|id|1", "name|name|x"}, content.CSV, 1, ""},
		"a separator that is none":   {"a.csv", "sep=x\nid,name\n1,y\n", []string{"column 1||sep=x", "column 1||id", "column 2||name", "column 1||1", "column 2||y"}, content.CSV, 3, ""},
		"a field of CR":              {"a.csv", "id,name\r\n1,x\r\n", []string{"id|id|1", "name|name|x"}, content.CSV, 1, ""},
	})
}

func TestJSONEdges(t *testing.T) {
	t.Parallel()
	run(t, map[string]edge{
		"a text":                {"a.json", `"x"`, []string{"||x"}, content.JSON, 1, ""},
		"a number":              {"a.json", "-12.5e-3", []string{"||-12.5e-3"}, content.JSON, 1, ""},
		"words":                 {"a.json", `[true,false,null]`, nil, content.JSON, 3, ""},
		"empty":                 {"a.json", " \n", nil, content.JSON, 0, ""},
		"empty containers":      {"a.json", `{"a":{},"b":[],"c":[[],{}]}`, nil, content.JSON, 1, ""},
		"arrays in arrays":      {"a.json", `[["x"],[["y"]]]`, []string{"[][]||x", "[][][]||y"}, content.JSON, 2, ""},
		"objects in objects":    {"a.json", `{"a":{"b":{"c":"x"}}}`, []string{"a.b.c|c|x"}, content.JSON, 1, ""},
		"a key twice":           {"a.json", `{"a":"x","a":"y","a":{"b":"z"}}`, []string{"a|a|x", "a|a|y", "a.b|b|z"}, content.JSON, 1, ""},
		"escapes":               {"a.json", `{"a":"\"\\\/\b\f\n\r\t\u00e9"}`, []string{"a|a|\"\\/\b\f\n\r\té"}, content.JSON, 1, ""},
		"a pair of surrogates":  {"a.json", `{"a":"\ud83d\ude00"}`, []string{"a|a|😀"}, content.JSON, 1, ""},
		"half a pair":           {"a.json", `{"a":"\ud83d!","b":"\ude00!"}`, []string{"a|a|\ufffd!", "b|b|\ufffd!"}, content.JSON, 1, ""},
		"half a pair, a letter": {"a.json", `{"a":"\ud83d\u0041"}`, []string{"a|a|\ufffdA"}, content.JSON, 1, ""},
		"two halves, a pair":    {"a.json", `{"a":"\ud83d\ud83d\ude00"}`, []string{"a|a|\ufffd😀"}, content.JSON, 1, ""},
		"several documents":     {"a.json", "{\"a\":\"x\"} {\"a\":\"y\"}\n[\"z\"]", []string{"a|a|x", "a|a|y", "[]||z"}, content.JSON, 3, ""},
		"a mark":                {"a.json", "\xef\xbb\xbf{\"a\":\"x\"}", []string{"a|a|x"}, content.JSON, 1, ""},
		"UTF-16":                {"a.json", utf16le("\ufeff{\"a\":\"ü\"}"), []string{"a|a|ü"}, content.JSON, 1, ""},
		"a comma too many":      {"a.json", `{"a":"x",}`, []string{"a|a|x"}, content.JSON, 1, "unreadable: malformed JSON at line 1"},
		"a comma too few":       {"a.json", "{\"a\":\"x\"\n\"b\":1}", []string{"a|a|x", `||"b":1}`}, content.JSON, 2, "unreadable: malformed JSON at line 2"},
		"a comment":             {"a.json", "{\n// no\n\"a\":1}", []string{"||// no", `||"a":1}`}, content.JSON, 3, "unreadable: malformed JSON at line 2"},
		"single quotes":         {"a.json", `{'a':'x'}`, []string{"||'a':'x'}"}, content.JSON, 2, "unreadable: malformed JSON at line 1"},
		"a bad escape":          {"a.json", `{"a":"x\qy"}`, []string{"a|a|x", `||qy"}`}, content.JSON, 2, "unreadable: malformed JSON at line 1"},
		"a bad word":            {"a.json", `{"a":trve}`, []string{"||ve}"}, content.JSON, 2, "unreadable: malformed JSON at line 1"},
		"a key without a text":  {"a.json", `{1:"x"}`, []string{`||1:"x"}`}, content.JSON, 2, "unreadable: malformed JSON at line 1"},
		"brackets that differ":  {"a.json", `{"a":["x"}`, []string{"a[]|a|x"}, content.JSON, 1, "unreadable: malformed JSON at line 1"},
		"too deep":              {"a.json", strings.Repeat("[", 10001), nil, content.JSON, 1, "unreadable: nested deeper than 10000 levels at line 1"},
		"very deep":             {"a.json", strings.Repeat("[", 9999) + `"x"` + strings.Repeat("]", 9999), []string{strings.Repeat("[]", 64) + "||x"}, content.JSON, 1, ""},
		"geojson":               {"a.geojson", `{"type":"Point","coordinates":[8.5,47.4]}`, []string{"type|type|Point", "coordinates[]|coordinates|8.5", "coordinates[]|coordinates|47.4"}, content.JSON, 1, ""},
	})
}

func TestNDJSONEdges(t *testing.T) {
	t.Parallel()
	run(t, map[string]edge{
		"blank lines":         {"a.jsonl", "\n{\"a\":\"x\"}\n\n\n{\"a\":\"y\"}\n\n", []string{"a|a|x", "a|a|y"}, content.NDJSON, 2, ""},
		"lines of Windows":    {"a.jsonl", "{\"a\":\"x\"}\r\n{\"a\":\"y\"}\r\n", []string{"a|a|x", "a|a|y"}, content.NDJSON, 2, ""},
		"no last newline":     {"a.ndjson", "{\"a\":\"x\"}\n{\"a\":\"y\"}", []string{"a|a|x", "a|a|y"}, content.NDJSON, 2, ""},
		"an array a line":     {"a.jsonl", "[\"x\"]\n[\"y\",\"z\"]\n", []string{"[]||x", "[]||y", "[]||z"}, content.NDJSON, 5, ""},
		"scalars":             {"a.jsonl", "\"x\"\n5\ntrue\n", []string{"||x", "||5"}, content.NDJSON, 3, ""},
		"a line of words":     {"a.jsonl", "{\"a\":\"x\"}\nnot JSON\n{\"a\":\"y\"}\n", []string{"a|a|x", "a|a|y"}, content.NDJSON, 3, "unreadable: lines that are not JSON: 1, the first is line 2"},
		"a last line cut off": {"a.jsonl", "{\"a\":\"x\"}\n{\"a\":\"y", []string{"a|a|x", "a|a|y"}, content.NDJSON, 2, "unreadable: lines that are not JSON: 1, the first is line 2"},
		"all lines bad":       {"a.jsonl", "x\ny\nz\n", nil, content.NDJSON, 3, "unreadable: lines that are not JSON: 3, the first is line 1"},
	})
}

func TestGzipEdges(t *testing.T) {
	t.Parallel()
	run(t, map[string]edge{
		"several members":         {"a.csv.gz", zip("id,name\n1,x\n") + zip("2,y\n"), []string{"id|id|1", "name|name|x", "id|id|2", "name|name|y"}, content.CSV, 2, ""},
		"a member that is empty":  {"a.csv.gz", zip("id,name\n1,x\n") + zip("") + zip("2,y\n"), []string{"id|id|1", "name|name|x", "id|id|2", "name|name|y"}, content.CSV, 2, ""},
		"nothing in it":           {"a.csv.gz", zip(""), nil, content.Empty, 0, ""},
		"something behind it":     {"a.txt.gz", zip("one\ntwo\n") + "garbage, and more", []string{"||one", "||two"}, content.Text, 2, "unreadable: gzip header is damaged"},
		"without the name":        {"a.json", zip(`{"a":"x"}`), []string{"a|a|x"}, content.JSON, 1, ""},
		"a name in its header":    {"a.csv.gz", named("secret.txt", "id,name\n1,x\n"), []string{"id|id|1", "name|name|x"}, content.CSV, 1, ""},
		"only a header":           {"a.gz", zip("x")[:10], nil, content.Empty, 0, "unreadable: unexpected end of gzip stream"},
		"only a beginning":        {"a.gz", "\x1f\x8b\x08", nil, content.Empty, 0, "unreadable: unexpected end of gzip stream"},
		"three times over":        {"a.csv.gz.gz.gz", zip(zip(zip("id,name\n1,x\n"))), []string{"id|id|1", "name|name|x"}, content.CSV, 1, ""},
		"another format in it":    {"a.gz", zip("Rar!\x1a\x07rest"), nil, "rar", 0, "not-collected: format not read: rar"},
		"a charset in it":         {"a.csv.gz", zip(utf16le("\ufeffid,name\n1,ü\n")), []string{"id|id|1", "name|name|ü"}, content.CSV, 1, ""},
		"capital letters in name": {"A.CSV.GZ", zip("id,name\n1,x\n"), []string{"id|id|1", "name|name|x"}, content.CSV, 1, ""},
	})
}

func named(name, s string) string {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	z.Name = name
	if _, err := z.Write([]byte(s)); err != nil {
		panic(err)
	}
	if err := z.Close(); err != nil {
		panic(err)
	}
	return b.String()
}

// flip swaps the bytes of each pair.
func flip(s string) string {
	b := []byte(s)
	for i := 0; i+1 < len(b); i += 2 {
		b[i], b[i+1] = b[i+1], b[i]
	}
	return string(b)
}

// TestBorders moves texts with escapes, quotes, characters of several bytes and line ends over the border of the window: what
// is read is the same wherever it falls.
func TestBorders(t *testing.T) {
	t.Parallel()
	const window = 64 << 10
	for _, tt := range []struct {
		file, fill, text string
		want             string
	}{
		{"a.json", `{"pad":"%s","it":`, `"x\"\\\u00e9\ud83d\ude00\n😀ü\/end"}`, "it|it|x\"\\é😀\n😀ü/end"},
		{"b.json", `{"pad":"%s",`, `"k\u0065y":"v"}`, "key|key|v"},
		{"a.jsonl", `{"pad":"%s","it":`, `"x\"\\\u00e9\ud83d\ude00\n😀ü\/end"}` + "\r\n", "it|it|x\"\\é😀\n😀ü/end"},
		{"a.csv", "id,it\n%s,", "\"x\"\"y\"\"\n\r\n😀\"\r\n", "it|it|x\"y\"\n\r\n😀"},
		{"b.csv", "id,it\n%s,", "x ü y\r\n", "it|it|x ü y"},
		{"a.txt", "%s\n", "x ü 😀 y\r\nlast\r\n", "||x ü 😀 y"},
	} {
		overhead := len(fmt.Sprintf(tt.fill, ""))
		for shift := range len(tt.text) + 4 {
			in := fmt.Sprintf(tt.fill, strings.Repeat("p", window-overhead-shift)) + tt.text
			got, rep := read(t, tt.file, in, content.Options{})
			found := ""
			for _, g := range got {
				if !strings.Contains(g, "ppp") && found == "" {
					found = g
				}
			}
			if found != tt.want || rep.Gap != nil {
				t.Errorf("%s at %d: got %q and gap %q, want %q", tt.file, shift, found, gap(rep.Gap), tt.want)
			}
		}
	}
}
