package pdf_test

import (
	"bytes"
	"compress/zlib"
	"context"
	"encoding/ascii85"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/probity-scan/probity/scanners/content/pdf"
)

// read gives every part as "path|text", or "file name|text".
func read(t *testing.T, in string, left int64) ([]string, pdf.Report) {
	t.Helper()
	var out []string
	rep, err := pdf.Read(t.Context(), []byte(in), &left, func(p pdf.Part) error {
		at := strings.Join(p.Path, ".")
		if p.File != "" {
			at = "file " + p.File
		}
		out = append(out, at+"|"+string(p.Text))
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if left < 0 {
		t.Errorf("got %d bytes left of the budget", left)
	}
	return out, rep
}

// file numbers objects from 1; the first is the catalog.
func file(objects ...string) string {
	var b strings.Builder
	b.WriteString("%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
	for i, o := range objects {
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", i+1, o)
	}
	b.WriteString("trailer\n<</Root 1 0 R/Info 6 0 R>>\nstartxref\n0\n%%EOF\n")
	return b.String()
}

func stream(of, body string) string {
	return fmt.Sprintf("<<%s/Length %d>>stream\n%s\nendstream", of, len(body), body)
}

const catalog, tree = "<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1/Resources<</Font<</F 5 0 R>>>>>>"

// page is a file of one page; its font F is the fifth object, and more objects follow from the sixth.
func page(contents, font string, more ...string) string {
	return file(append([]string{catalog, tree, "<</Type/Page/Parent 2 0 R/Contents 4 0 R>>", contents, font}, more...)...)
}

const helvetica = "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>"

func deflated(s string) string {
	var b bytes.Buffer
	z := zlib.NewWriter(&b)
	if _, err := z.Write([]byte(s)); err != nil {
		panic(err)
	}
	if err := z.Close(); err != nil {
		panic(err)
	}
	return b.String()
}

func TestText(t *testing.T) {
	t.Parallel()
	const identity = "<</Type/Font/Subtype/Type0/Encoding/Identity-H/DescendantFonts[<</W[1[500 500]]>>]"
	for name, c := range map[string]struct{ contents, font, want string }{
		"a line":             {"BT /F 12 Tf 9 9 Td (a \\(b\\) \\351\\\nc) Tj ET", helvetica, "a (b) éc"},
		"lines":              {"BT /F 12 Tf 9 90 Td (a) Tj 0 -14 Td (b) Tj 14 TL T* (c) Tj (d) ' 1 2 (e) \" ET", helvetica, "a\nb\nc\nd\ne"},
		"words by distance":  {"BT /F 10 Tf [(a) -300 (b) 20 (c)] TJ ET BT 1 0 0 1 20 0 Tm (d) Tj 1 0 0 1 90 0 Tm (e) Tj ET", helvetica, "a bc d\te"},
		"hex, by matrix":     {"q 2 0 0 2 0 0 cm BT /F 6 Tf <61 62 6> Tj ET Q", helvetica, "ab`"},
		"turned":             {"BT /F 10 Tf 0 1 -1 0 50 50 Tm (ab) Tj 0 1 -1 0 50 90 Tm (c) Tj 0 1 -1 0 90 50 Tm (d) Tj ET", helvetica, "ab\tc\nd"},
		"names of glyphs":    {"BT /F 9 Tf (ABCDEF) Tj ET", "<</Type/Font/Subtype/Type1/Encoding<</Differences[65/eacute/uni20AC/f_i/u1F600 69/afii10017/a.sc]>>>>", "é€fi😀Аa"},
		"standard encoding":  {"BT /F 9 Tf ('a\\256\\373) Tj ET", "<</Type/Font/Subtype/Type1>>", "’afiß"},
		"Mac":                {"BT /F 9 Tf (\\216) Tj ET", "<</Type/Font/Subtype/TrueType/Encoding/MacRomanEncoding>>", "é"},
		"a map to Unicode":   {"BT /F 9 Tf <0001000200030010> Tj ET", identity + "/ToUnicode 7 0 R>>", "Zoëfi"},
		"a charset":          {"BT /F 9 Tf <414ec4e3> Tj ET", "<</Type/Font/Subtype/Type0/Encoding/GBK-EUC-H/DescendantFonts[<<>>]>>", "AN你"},
		"UCS-2":              {"BT /F 9 Tf <4e2d6587> Tj ET", "<</Type/Font/Subtype/Type0/Encoding/UniGB-UCS2-H/DescendantFonts[<<>>]>>", "中文"},
		"built in the font":  {"BT /F 9 Tf (\\013) Tj ET", "<</Type/Font/Subtype/Type1/FontDescriptor<</FontFile 8 0 R>>>>", "ff"},
		"a ligature":         {"BT /F 9 Tf (\\001) Tj ET", "<</Type/Font/Subtype/Type1/ToUnicode 9 0 R>>", "ffi"},
		"an inline picture":  {"BI /W 1 /H 1 ID \x00EI\xff EI BT /F 9 Tf (a) Tj ET", helvetica, "a"},
		"a form":             {"/X Do", helvetica, "in it"},
		"from the right":     {"BT /F 9 Tf <05dd05d505dc05e9> Tj ET", "<</Type/Font/Subtype/Type0/Encoding/UniGB-UCS2-H/DescendantFonts[<<>>]>>", "שלום"},
		"top to bottom":      {"BT /F 9 Tf <4e2d6587> Tj ET", "<</Type/Font/Subtype/Type0/Encoding/UniGB-UCS2-V/DescendantFonts[<<>>]>>", "中文"},
		"without a font":     {"BT (a) Tj ET", helvetica, "a"},
		"unknown operators":  {"BT /F 9 Tf /P <</MCID 0>> BDC (a) Tj EMC nonsense ] ) ( unclosed", helvetica, "a"},
		"more widths":        {"BT /F 9 Tf (ab) Tj ET", "<</Type/Font/Subtype/Type1/FirstChar 97/Widths[500 500]/Encoding/WinAnsiEncoding>>", "ab"},
		"drawn in parts":     {"BT /F 9 Tf 0 0 Td (a) Tj 4.5 0 Td (b) Tj ET", "<</Type/Font/Subtype/Type1/FirstChar 97/Widths[500 500]/Encoding/WinAnsiEncoding>>", "ab"},
		"a font of drawings": {"BT /F 1 Tf (a) Tj 9 0 Td (b) Tj ET", "<</Type/Font/Subtype/Type3/FontMatrix[1 0 0 1 0 0]/FirstChar 97/Widths[9 9]/Encoding<</Differences[97/a/b]>>>>", "ab"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			toUnicode := "1 begincodespacerange <0000> <FFFF> endcodespacerange 2 beginbfchar <0001> <005A> <0010> <FB01> endbfchar 1 beginbfrange <0002> <0003> [<006F> <00EB>] endbfrange"
			got, rep := read(t, page(stream("", c.contents), c.font, "<<>>", stream("", toUnicode), stream("", "/Encoding 256 array dup 11/ff put readonly def currentfile eexec dup 11/x put"),
				stream("", "1 beginbfchar <01> <FB03> endbfchar")), 1<<20)
			if name == "a form" {
				got, rep = read(t, file(catalog, tree, "<</Type/Page/Parent 2 0 R/Resources<</XObject<</X 6 0 R>>>>/Contents 4 0 R>>", stream("", c.contents), c.font,
					stream("/Subtype/Form/Matrix[2 0 0 2 0 0]/Resources<</Font<</F 5 0 R>>/XObject<</X 6 0 R>>>>", "BT /F 9 Tf (in it) Tj ET")), 1<<20)
			}
			if d := cmp.Diff([]string{"|" + c.want}, got); d != "" || rep != (pdf.Report{Pages: 1, Images: 0}) {
				t.Errorf("report %+v, text (-want +got):\n%s", rep, d)
			}
		})
	}
}

func TestFilters(t *testing.T) {
	t.Parallel()
	const text = "BT /F 9 Tf (a word, a word, a word) Tj ET"
	a85 := make([]byte, ascii85.MaxEncodedLen(len(text)))
	a85 = a85[:ascii85.Encode(a85, []byte(text))]
	var rows strings.Builder
	for i := 0; i < len(text); i += 10 {
		rows.WriteString("\x01" + differences(text[i:min(i+10, len(text))]))
	}
	for name, c := range map[string]struct{ of, body string }{
		"flate":          {"/Filter/FlateDecode", deflated(text)},
		"two":            {"/Filter[/ASCIIHexDecode /FlateDecode]", hex.EncodeToString([]byte(deflated(text))) + ">"},
		"85":             {"/Filter/A85", "<~" + string(a85) + "~>"},
		"runs":           {"/Filter/RunLengthDecode", string(rune(len(text)-1)) + text + "\x80"},
		"LZW":            {"/Filter/LZWDecode", lzw(text, 1)},
		"LZW, late":      {"/Filter/LZWDecode/DecodeParms<</EarlyChange 0>>", lzw(text, 0)},
		"LZW, many":      {"/Filter/LZWDecode", lzw(text+strings.Repeat(" % abc\n0123456789\n", 2000), 1)},
		"rows of PNG":    {"/Filter/FlateDecode/DecodeParms<</Predictor 15/Columns 10>>", deflated(rows.String())},
		"cut":            {"/Filter/FlateDecode", deflated(text)[:len(deflated(text))-6]},
		"a wrong length": {"/Length 3/Filter/FlateDecode", deflated(text)},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, _ := read(t, page(stream(c.of, c.body), helvetica), 1<<20)
			if d := cmp.Diff([]string{"|a word, a word, a word"}, got); d != "" {
				t.Errorf("text (-want +got):\n%s", d)
			}
		})
	}
}

// differences is a row of bytes as PNG's first filter writes it.
func differences(row string) string {
	out := []byte(row)
	for i := len(out) - 1; i > 0; i-- {
		out[i] -= out[i-1]
	}
	return string(out)
}

// lzw packs as PDF does: codes grow early by one code, or not.
func lzw(s string, early int) string {
	codes := map[string]int{}
	var bits, n, width = 0, 0, 9
	var out []byte
	put := func(c int) {
		bits, n = bits<<width|c, n+width
		for ; n >= 8; n -= 8 {
			out = append(out, byte(bits>>(n-8)))
			bits &= 1<<(n-8) - 1
		}
	}
	code := func(w string) int {
		if len(w) == 1 {
			return int(w[0])
		}
		return codes[w]
	}
	put(256)
	w := ""
	for _, c := range []byte(s) {
		next := w + string([]byte{c})
		if _, ok := codes[next]; ok || len(next) == 1 {
			w = next
			continue
		}
		put(code(w))
		codes[next] = 258 + len(codes)
		if at := 258 + len(codes) - 1 + early; at >= 1<<width && width < 12 {
			width++
		}
		if len(codes) == 3800 {
			put(256)
			codes, width = map[string]int{}, 9
		}
		w = string([]byte{c})
	}
	put(code(w))
	put(257)
	return string(append(out, byte(bits<<(8-n))))
}

// TestEncrypted reads what another program has encrypted for anybody, and not what needs a password.
func TestEncrypted(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"rc4-40", "rc4-128", "aes-128", "aes-256-r5", "aes-256", "password"} {
		b, err := os.ReadFile(filepath.Join("testdata", name+".pdf"))
		if err != nil {
			t.Fatal(err)
		}
		want := []string{"properties.Author|Ada", "|a word"}
		if name == "password" {
			want = nil
		}
		got, rep := read(t, string(b), 1<<20)
		if d := cmp.Diff(want, got); d != "" || rep.Encrypted != (want == nil) {
			t.Errorf("%s: report %+v, text (-want +got):\n%s", name, rep, d)
		}
	}
}

// packed is a file whose objects stand in a stream, with an update of the page behind it.
func packed() string {
	first := "1 0 2 29 3 60 "
	body := catalog + tree[:0] + "<</Type/Pages/Kids[3 0 R]>>    " + "<</Type/Page/Parent 2 0 R/Contents 4 0 R>>"
	return "%PDF-1.5\n7 0 obj\n" + stream(fmt.Sprintf("/Type/ObjStm/N 3/First %d/Filter/FlateDecode", len(first)), deflated(first+body)) + "\nendobj\n4 0 obj\n" +
		stream("", "BT (old) Tj ET") + "\nendobj\n8 0 obj\n" + stream("/Type/XRef/Root 1 0 R/Info 9 0 R", "x") + "\nendobj\n9 0 obj<</Title<feff005a>/Producer(no)>>endobj\n4 0 obj\n" + stream("", "BT (new) Tj ET") + "\nendobj\n"
}

func TestObjects(t *testing.T) {
	t.Parallel()
	got, rep := read(t, packed(), 1<<20)
	if d := cmp.Diff([]string{"properties.Title|Z", "|new"}, got); d != "" || rep != (pdf.Report{Pages: 1}) {
		t.Errorf("report %+v, text (-want +got):\n%s", rep, d)
	}
}

// TestAround reads what stands around pages.
func TestAround(t *testing.T) {
	t.Parallel()
	xmp := `<x:xmpmeta xmlns:x="adobe:ns:meta/"><dc:creator><rdf:Seq><rdf:li>Ada</rdf:li></rdf:Seq></dc:creator><xmp:Tool>no</xmp:Tool></x:xmpmeta>`
	in := file("<</Type/Catalog/Pages 2 0 R/Metadata 7 0 R/AcroForm<</Fields[8 0 R]/XFA[(template) 7 0 R(datasets) 12 0 R]>>/Outlines<</First 10 0 R>>>>",
		"<</Type/Pages/Kids[3 0 R 2 0 R]>>", "<</Type/Page/Annots[<</Subtype/Text/T(Bob)/Contents(note)>> <</Subtype/Link/A<</URI(mailto:a@example.org)>>>> 9 0 R]>>",
		"null", "null", "<</Author(\\376\\377\\000Z)/Creator(no)/CreationDate(D:2020)>>", stream("/Type/Metadata", xmp), "<</T(person)/Kids[9 0 R]>>",
		"<</Subtype/Widget/T(name)/V(Cyd)>>", "<</Title(Chapter)/Next 10 0 R>>", "<</Type/Filespec/UF(a.csv)/EF<</F 12 0 R/UF 12 0 R>>>>", stream("/Type/EmbeddedFile", "id\n1\n"),
		"<</Names[(b) <</F(b.txt)/EF<</F 14 0 R>>>>]>>", stream("", "b"))
	got, _ := read(t, in, 1<<20)
	if d := cmp.Diff([]string{"properties.Author|Z", "properties.creator|Ada", "comments|Bob", "comments|note", "links|mailto:a@example.org", "file datasets.xml|id\n1\n",
		"form.person.name|Cyd", "outline|Chapter", "file a.csv|id\n1\n", "file b.txt|b"}, got); d != "" {
		t.Errorf("parts (-want +got):\n%s", d)
	}
}

// TestLosses: what cannot be read is told.
func TestLosses(t *testing.T) {
	t.Parallel()
	picture := file(catalog, tree, "<</Type/Page/Parent 2 0 R/Resources<</XObject<</X 5 0 R>>>>/Contents 4 0 R>>", stream("", "/X Do"), stream("/Subtype/Image/Filter/DCTDecode", "\xff\xd8"))
	long := page(stream("", "BT (a) Tj ET"), helvetica)
	for name, c := range map[string]struct {
		in   string
		left int64
		want pdf.Report
	}{
		"a picture":       {picture, 1 << 20, pdf.Report{Pages: 1, Images: 1}},
		"a silent font":   {page(stream("", "BT /F 9 Tf <00010002000300040005> Tj ET"), "<</Subtype/Type0/Encoding/Identity-H>>"), 1 << 20, pdf.Report{Pages: 1, Unmapped: 2}},
		"a bomb":          {page(stream("/Filter/FlateDecode", deflated(strings.Repeat(" ", 8<<20))), helvetica), 1 << 20, pdf.Report{Pages: 1, Exhausted: true}},
		"a damaged pack":  {page(stream("/Filter/FlateDecode", "xx\xff\xff\xff"), helvetica), 1 << 20, pdf.Report{Pages: 1, Damaged: 1}},
		"cut in a stream": {long[:strings.Index(long, "ET")+2], 1 << 20, pdf.Report{Pages: 1, Damaged: 2}},
		"nothing":         {"%PDF-1.4\n", 1 << 20, pdf.Report{}},
	} {
		if _, rep := read(t, c.in, c.left); rep != c.want {
			t.Errorf("%s: got %+v, want %+v", name, rep, c.want)
		}
	}
}

// TestExhausted: where references alone use the budget up, it is told.
func TestExhausted(t *testing.T) {
	t.Parallel()
	pages := make([]string, 2000)
	for i := range pages {
		pages[i] = "<</Type/Page/Resources 1 0 R/Contents 1 0 R>>"
	}
	if _, rep := read(t, file(pages...), 20000); !rep.Exhausted || rep.Pages >= 2000 {
		t.Errorf("got %+v, want fewer than 2000 pages, and the budget used up", rep)
	}
}

// TestHostile: what is made to be endless ends, within the budget.
func TestHostile(t *testing.T) {
	t.Parallel()
	var refs, kids strings.Builder
	for i := range 20000 {
		fmt.Fprintf(&refs, "%d 0 obj %d 0 R endobj\n", i+10, i+11)
		kids.WriteString("3 0 R ")
	}
	form := func(n int) string {
		return stream(fmt.Sprintf("/Subtype/Form/Resources<</XObject<</X %d 0 R>>>>", n), strings.Repeat("/X Do ", 100))
	}
	forms := []string{catalog, tree, "<</Type/Page/Resources<</XObject<</X 5 0 R>>>>/Contents 4 0 R>>", stream("", "/X Do")}
	for i := range 15 {
		forms = append(forms, form(i+6))
	}
	for name, in := range map[string]string{
		"brackets":           "%PDF-1.4\n1 0 obj " + strings.Repeat("[", 1<<20),
		"dictionaries":       "%PDF-1.4\n1 0 obj " + strings.Repeat("<</A", 1<<18),
		"strings":            "%PDF-1.4\n" + strings.Repeat("1 0 obj (", 1<<17),
		"hex":                "%PDF-1.4\n" + strings.Repeat("1 0 obj <", 1<<17),
		"objects":            "%PDF-1.4\n" + strings.Repeat("1 0 obj <<", 1<<17),
		"trailers":           "%PDF-1.4\n" + strings.Repeat("trailer <<", 1<<17),
		"numbers":            "%PDF-1.4\n1 0 obj [" + strings.Repeat("0 ", 2<<20),
		"references":         "%PDF-1.4\n" + refs.String() + "trailer<</Root 10 0 R>>",
		"pages in each":      file(catalog, "<</Type/Pages/Kids[2 0 R 2 0 R]>>"),
		"one page often":     file(catalog, "<</Type/Pages/Kids["+kids.String()+"]>>", "<</Type/Page/Contents 4 0 R>>", stream("", "BT (a) Tj ET")),
		"forms in each":      file(forms...),
		"fields in each":     file("<</Type/Catalog/AcroForm<</Fields[2 0 R]>>>>", "<</T(a)/Kids[2 0 R]>>"),
		"a font of itself":   page(stream("", "BT /F 9 Tf (a) Tj ET"), "<</ToUnicode 5 0 R/DescendantFonts[5 0 R]/Subtype/Type0>>"),
		"many filters":       page(stream("/Filter["+strings.Repeat("/ASCIIHexDecode ", 1000)+"]", "41>"), helvetica),
		"a wide range":       page(stream("", "BT /F 9 Tf (ab) Tj ET"), "<</Subtype/Type0/DescendantFonts[<</W[0 99999999 1 0 99999999 2]>>]>>"),
		"a pack of itself":   "%PDF-1.4\n1 0 obj\n" + stream("/Type/ObjStm/First 4", "1 0 <</Type/ObjStm>>") + "\nendobj",
		"states":             page(stream("", strings.Repeat("q ", 1<<18)+"BT (a) Tj ET"), helvetica),
		"numbers of numbers": page(stream("", "BT /F "+strings.Repeat("9", 4000)+" Tf 1e9 --5 .5.5 Td (a) Tj ET"), helvetica),
		"a row of nothing":   page(stream("/Filter/FlateDecode/DecodeParms<</Predictor 12/Columns 99999999/Colors 99>>", deflated("x")), helvetica),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, rep := read(t, in, 8<<20)
			if len(got) > 40000 {
				t.Errorf("got %d parts, report %+v", len(got), rep)
			}
		})
	}
}

// TestCut: a file that ends anywhere gives no panic, and at most what it gave whole.
func TestCut(t *testing.T) {
	t.Parallel()
	in := page(stream("/Filter/FlateDecode", deflated("BT /F 9 Tf (a word) Tj ET")), helvetica)
	for _, in := range []string{in, packed()} {
		for i := range len(in) {
			if got, _ := read(t, in[:i], 1<<20); len(got) > 2 {
				t.Errorf("cut at %d: got %q", i, got)
			}
		}
	}
}

func TestStops(t *testing.T) {
	t.Parallel()
	in, left, stop := page(stream("", "BT (a) Tj ET"), helvetica), int64(1<<20), errors.New("stop")
	if _, err := pdf.Read(t.Context(), []byte(in), &left, func(pdf.Part) error { return stop }); !errors.Is(err, stop) {
		t.Errorf("got error %v, want the one of each", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := pdf.Read(ctx, []byte(in), &left, func(pdf.Part) error { return nil }); !errors.Is(err, context.Canceled) {
		t.Errorf("got error %v, want the context's", err)
	}
}

// FuzzRead: no file panics, hangs or costs more than its budget.
func FuzzRead(f *testing.F) {
	f.Add(packed())
	f.Add(page(stream("/Filter/FlateDecode", deflated("BT /F 9 Tf (a) Tj ET")), helvetica))
	f.Add(page(stream("", "q 1 0 0 1 0 0 cm BT /F 9 Tf <0001> Tj [(a) 9] TJ ET Q BI ID x EI"), "<</Subtype/Type0/ToUnicode 6 0 R/W[1[2]3 4 5]>>", stream("", "1 beginbfrange <01> <05> <0041> endbfrange")))
	f.Add(page(stream("/Filter/LZW", lzw("BT (a) Tj ET", 1)), helvetica))
	for _, name := range []string{"rc4-40", "aes-128", "aes-256"} {
		b, err := os.ReadFile(filepath.Join("testdata", name+".pdf"))
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(b))
	}
	f.Fuzz(func(t *testing.T, in string) {
		total := 0
		left := int64(1 << 20)
		if _, err := pdf.Read(t.Context(), []byte(in), &left, func(p pdf.Part) error {
			total += len(p.Text)
			return nil
		}); err != nil || total > 1<<20 || left < 0 {
			t.Errorf("got error %v, %d bytes of text, %d left", err, total, left)
		}
	})
}
