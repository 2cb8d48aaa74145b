package content_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/probity-scan/probity/scanners/content"
)

// samples are small objects of each format that hold an address; ended are those whose end is marked, so that a cut is told.
func samples() (all map[string]string, ended map[string]bool) {
	const address = "ada@example.org"
	rows := "id,email\n1," + address + "\n2,x\n3,y\n"
	all = map[string]string{
		"a.txt": address + " and more\nlines\n", "a.csv": rows, "a.tsv": strings.ReplaceAll(rows, ",", "\t"), "a.json": `{"p":[{"email":"` + address + `","n":1.5},{"a":"\u00e9"}]}`,
		"a.jsonl": `{"email":"` + address + "\"}\n{\"a\":null}\n", "a.yaml": "p:\n  - email: " + address + "\n    note: 'x'\n---\nb: {c: d}\n", "a.xml": "<p><email>" + address + "</email><a b='c'/></p>",
		"a.html": "<html><table><tr><th>Email<th>x<tr><td>" + address + "<td>y</table><p>z", "a.sql": "COPY p (email) FROM stdin;\n" + address + "\n\\.\nINSERT INTO q VALUES ('a', 1);\n",
		"a.eml":  "From: " + address + "\nContent-Type: multipart/mixed; boundary=B\n\n--B\n\nhi\n--B\nContent-Type: text/csv; name=p.csv\n\n" + rows + "\n--B--\n",
		"a.mbox": "From x\nFrom: " + address + "\n\nhi\n\nFrom y\nTo: b\n\nho\n", "a.pdf": document(address), "a.avro": avroOf(`{"type":"map","values":"string"}`, nil, map[string]any{"email": address}, map[string]any{"b": "c"}),
		"a.csv.gz": zip(rows), "a.csv.zst": zstded(rows), "a.zip": zipOf("p.csv", rows, "q.txt", "hi"), "b.zip": sized("p.csv", rows, "q.txt", "hi"), "a.tar": tarOf("p.csv", rows, "q.txt", "hi"),
		"a.xlsx": workbook(`<row><c t="inlineStr"><is><t>`+address+`</t></is></c></row>`, "<si><t>x</t></si>"), "b.txt": utf16le("\ufeff" + address + "\nGröße\n"),
		"a.ods": openDocument("application/vnd.oasis.opendocument.spreadsheet", "<table><table-row><table-cell><p>"+address+"</p></table-cell></table-row></table>"),
	}
	ended = map[string]bool{}
	for _, name := range []string{"a.json", "a.csv.gz", "a.csv.zst", "a.zip", "b.zip", "a.xlsx", "a.ods", "a.xml"} {
		ended[name] = true
	}
	return all, ended
}

// TestCuts cuts an object of each format at each byte: what was found in less is found in more, nothing panics, and where the format
// marks its end, it is told that the object is cut.
func TestCuts(t *testing.T) {
	t.Parallel()
	all, ended := samples()
	for name, whole := range all {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			had := 0
			for i := range len(whole) + 1 {
				got, rep := read(t, name, whole[:i], content.Options{})
				found := 0
				for _, g := range got {
					if strings.Contains(g, "ada@example.org") {
						found++
					}
				}
				if found < min(had, 1) {
					t.Errorf("cut at %d of %d: got %q, want what was found before", i, len(whole), got)
				}
				had = max(had, found)
				if i > 64 && i < len(whole) && ended[name] && rep.Gap == nil && rep.Format != content.Empty {
					t.Errorf("cut at %d of %d: got %q, format %q, and no gap", i, len(whole), got, rep.Format)
				}
			}
			if had == 0 {
				t.Errorf("got nothing of the whole object")
			}
		})
	}
}

// TestEndless: what goes on for too long is told, and what was read before it is kept.
func TestEndless(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ file, in, gap string }{
		"attributes":            {"a.xml", "<p><email>ada@example.org</email><q " + strings.Repeat(`a="b" `, 1<<20), "unreadable: the element at line 1 is longer than 1 MiB"},
		"an attribute":          {"a.xml", "<p><email>ada@example.org</email><q a='" + strings.Repeat("x", 2<<20), "unreadable: the element at line 1 is longer than 1 MiB"},
		"a name":                {"a.xml", "<p><email>ada@example.org</email>text<" + strings.Repeat("x", 2<<20), "unreadable: the element at line 1 is longer than 1 MiB"},
		"an element of many":    {"a.xml", "<p><email>ada@example.org</email>" + strings.Repeat("<a/>", 1<<19) + "</p>", ""},
		"levels of XML":         {"a.xml", "<p><email>ada@example.org</email>" + strings.Repeat("<a>", 20000), "unreadable: nested deeper than 10000 levels at line 1"},
		"names of XML":          {"a.xml", "<p><email>ada@example.org</email>" + numbered("<a%db/>", 50000) + "</p>", ""},
		"levels of JSON":        {"a.json", `{"email":"ada@example.org","a":` + strings.Repeat(`{"a":`, 20000), "unreadable: nested deeper than 10000 levels at line 1"},
		"names of JSON":         {"a.json", `{"email":"ada@example.org"` + numbered(`,"a%db":1`, 100000) + "}", ""},
		"columns":               {"a.csv", "email,x\nada@example.org,y" + strings.Repeat(",z", 1<<20) + "\n", ""},
		"columns of the header": {"a.csv", "email" + strings.Repeat(",name", 1<<18) + "\nada@example.org,y\n", ""},
		"values":                {"a.sql", "INSERT INTO p (email) VALUES ('ada@example.org'" + strings.Repeat(",1", 1<<20) + ");\n", ""},
		"brackets":              {"a.sql", "INSERT INTO p (email) VALUES ('ada@example.org');\nINSERT INTO p VALUES " + strings.Repeat("(", 1<<20), "unreadable: unexpected end of SQL at line 2"},
		"headers":               {"a.eml", "From: ada@example.org\n" + numbered("X%d: y\n", 100000) + "\nhi\n", ""},
		"parts":                 {"a.eml", "From: ada@example.org\nContent-Type: multipart/mixed; boundary=B\n\n" + strings.Repeat("--B\n\nx\n", 9000), "unreadable: body: unexpected end of mail stream, and 1 more files of the archive"},
		"messages":              {"a.mbox", "From x\nFrom: ada@example.org\n\nhi\n" + strings.Repeat("\nFrom y\nTo: b\n\nho\n", 5000), ""},
		"repeated cells": {"a.ods", openDocument("application/vnd.oasis.opendocument.spreadsheet", `<table><table-row><table-cell><p>ada@example.org</p></table-cell></table-row><table-row>`+
			strings.Repeat(`<table-cell number-columns-repeated="1000000000"><p>x</p></table-cell>`, 2000)+"</table-row></table>"), ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			found := false
			rep, err := content.Read(t.Context(), c.file, strings.NewReader(c.in), content.Options{}, func(_ *content.Column, b []byte) error {
				found = found || string(b) == "ada@example.org"
				return nil
			})
			if err != nil || !found || (c.gap != "" || rep.Gap != nil && rep.Gap.Reason.Loss()) && gap(rep.Gap) != c.gap {
				t.Errorf("got found %v, gap %q, error %v; want gap %q", found, gap(rep.Gap), err, c.gap)
			}
		})
	}
}

// numbered repeats a text with numbers.
func numbered(text string, n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, text, i)
	}
	return b.String()
}
