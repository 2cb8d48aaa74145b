package content_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/probity-scan/probity/scanners/content"
)

// document is a PDF of one page, with a form, an author and a table that is attached.
func document(text string) string {
	return fmt.Sprintf("%%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[4 0 R 5 0 R]>>>>endobj 2 0 obj<</Kids[3 0 R]>>endobj 3 0 obj<</Type/Page/Contents 6 0 R>>endobj "+
		"4 0 obj<</T(phone)/V(030 1)>>endobj 5 0 obj<</T(b@example.org)/V(x)>>endobj 6 0 obj<<>>stream\nBT /F 9 Tf (%s) Tj 0 -20 Td (b) Tj ET\nendstream endobj "+
		"7 0 obj<</F(x/p.csv)/EF<</F 8 0 R>>>>endobj 8 0 obj<<>>stream\n%s\nendstream endobj 9 0 obj<</Author(Ada)>>endobj trailer<</Root 1 0 R/Info 9 0 R>>", text, table)
}

func TestPDF(t *testing.T) {
	t.Parallel()
	cells := []string{"properties.Author|Author|Ada", "||a\nb", "form.phone|phone|030 1", "form{}||b@example.org", "form.*||x", "x/p.csv:id|id|1", "x/p.csv:name|name|A"}
	picture := "%PDF-1.4\n1 0 obj<</Type/Page/Contents 2 0 R>>endobj 2 0 obj<<>>stream\nBI /W 1 ID x EI\nendstream endobj"
	silent := "%PDF-1.4\n1 0 obj<</Type/Page/Contents 2 0 R/Resources<</Font<</F<</Subtype/Type0/Encoding/Identity-H>>>>>>>>endobj 2 0 obj<<>>stream\nBT /F 9 Tf <0001000200030004> Tj ET\nendstream endobj"
	run(t, map[string]edge{
		"a document": {"a.pdf", document("a"), cells, content.PDF, 2, ""},
		"packed":     {"a.gz", zip(document("a")), cells, content.PDF, 2, ""},
		"attached":   {"a.eml", "From: a\nContent-Type: application/pdf; name=a.pdf\n\n" + document("a"), append([]string{"From|From|a"}, below("a.pdf", cells)...), content.Mail, 3, ""},
		"pictures":   {"a.pdf", picture, nil, content.PDF, 1, "not-collected: pages of a PDF that are images"},
		"no letters": {"a.pdf", silent, nil, content.PDF, 1, "unreadable: PDF has text in fonts that do not tell their letters"},
		"encrypted":  {"a.pdf", "%PDF-1.4\n1 0 obj<</Filter/Else>>endobj trailer<</Encrypt 1 0 R>>", nil, content.PDF, 0, "unreadable: encrypted"},
	})
	long := document(strings.Repeat("a word) Tj (", 700))
	if got, rep := read(t, "a.pdf", long, content.Options{Bytes: 6000, Size: int64(len(long))}); len(got) != 1 || gap(rep.Gap) != "sampled: first 5.9 KiB of 8.7 KiB" || rep.Bytes > 6000 {
		t.Errorf("got %d cells, gap %q after %d bytes", len(got), gap(rep.Gap), rep.Bytes)
	}
	bomb := "%PDF-1.4\n1 0 obj<</Type/Page/Contents 2 0 R>>endobj 2 0 obj<</Filter/RunLengthDecode>>stream\n" + strings.Repeat("\x81 ", 1000) + "\nendstream endobj"
	if _, rep := read(t, "a.pdf", bomb, content.Options{Bytes: 6000}); gap(rep.Gap) != "sampled: PDF unpacks to more than the budget of bytes" || rep.Bytes != 6000 {
		t.Errorf("got gap %q after %d bytes", gap(rep.Gap), rep.Bytes)
	}
}

// below is cells of a file in an archive.
func below(file string, cells []string) []string {
	var out []string
	for _, c := range cells {
		path, rest, _ := strings.Cut(c, "|")
		if path != "" {
			path = ":" + path
		}
		out = append(out, file+path+"|"+rest)
	}
	return out
}
