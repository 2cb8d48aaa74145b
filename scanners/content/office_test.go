package content_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/probity-scan/probity/scanners/content"
)

// workbook is an XLSX file whose sheet is given, with shared strings behind it, as spreadsheets write it.
func workbook(sheet, shared string) string {
	return zipOf("[Content_Types].xml", "<Types/>",
		"xl/workbook.xml", `<workbook xmlns:r="r"><sheets><sheet name="People" sheetId="1" r:id="rId1"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels", `<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/></Relationships>`,
		"xl/worksheets/sheet1.xml", `<worksheet><sheetData>`+sheet+`</sheetData></worksheet>`,
		"xl/styles.xml", `<styleSheet><numFmts><numFmt numFmtId="170" formatCode="dd/mm/yyyy"/></numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="170"/></cellXfs></styleSheet>`,
		"xl/comments1.xml", `<comments><comment ref="A1"><text><r><t>call </t></r><r><t>her</t></r></text></comment></comments>`,
		"docProps/core.xml", `<p xmlns:dc="d"><dc:creator>Ada Author</dc:creator></p>`,
		"xl/sharedStrings.xml", `<sst>`+shared+`</sst>`)
}

func TestOffice(t *testing.T) {
	t.Parallel()
	row := `<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="D1" t="inlineStr"><is><t>dob</t></is></c></row>` +
		`<row r="2"><c r="A2"><v>7</v></c><c r="B2" t="s"><v>2</v></c><c r="D2" s="1"><v>31234.5</v></c></row>` +
		`<row r="3"><c r="A3"><f>A2+1</f><v>8</v></c><c r="B3" t="str"><v>Bob &amp; Co</v></c><c r="D3" s="2"><v>2</v></c><c r="E3" t="b"><v>1</v></c></row>`
	strs := `<si><t>id</t></si><si><r><t>na</t></r><r><t>me</t></r></si><si><t>Zoë</t><rPh><t>zo</t></rPh></si>`
	ods := `<office:document-content xmlns:office="o" xmlns:table="t" xmlns:text="x"><table:table table:name="Leute">` +
		`<table:table-row><table:table-cell><text:p>id</text:p></table:table-cell><table:table-cell table:number-columns-repeated="2"/><table:table-cell><text:p>born</text:p></table:table-cell></table:table-row>` +
		`<table:table-row><table:table-cell><text:p>7</text:p></table:table-cell><table:table-cell table:number-columns-repeated="2"/><table:table-cell office:date-value="1985-07-06"><text:p>6.7.85</text:p></table:table-cell><table:table-cell table:number-columns-repeated="999999999"/></table:table-row>` +
		`</table:table></office:document-content>`
	run(t, map[string]edge{
		"xlsx": {"a.xlsx", workbook(row, strs), []string{"People:id|id|7", "People:name|name|Zoë", "People:dob|dob|1985-07-06", "People:id|id|8", "People:name|name|Bob & Co", "People:dob|dob|1900-01-01",
			"comments||call her", "properties||Ada Author"}, content.XLSX, 4, ""},
		"xlsx, no header": {"a.xlsx", workbook(`<row><c><v>5</v></c><c t="s"><v>99</v></c><c t="s"><v>-1</v></c></row>`, ""), []string{"People:column 1||5", "comments||call her", "properties||Ada Author"}, content.XLSX, 3, ""},
		"xlsx, damaged":   {"a.xlsx", workbook(`<row><c><v>5</c></row>`, ""), []string{"comments||call her", "properties||Ada Author"}, content.XLSX, 2, "unreadable: xl/worksheets/sheet1.xml: malformed XML at line 1"},
		"xlsx, too deep":  {"a.xlsx", workbook(strings.Repeat("<row>", 10001), ""), []string{"comments||call her", "properties||Ada Author"}, content.XLSX, 2, "unreadable: xl/worksheets/sheet1.xml: nested deeper than 10000 levels at line 1"},
		"xlsx in a zip":   {"a.zip", zipOf("b.xlsx", workbook(`<row><c><v>5</v></c></row>`, "")), []string{"b.xlsx:People:column 1||5", "b.xlsx:comments||call her", "b.xlsx:properties||Ada Author"}, content.Zip, 3, ""},
		"docx": {"a.docx", zipOf("word/document.xml", `<w:document xmlns:w="w"><w:p><w:r><w:t>Jane </w:t></w:r><w:r><w:t>Doe</w:t><w:tab/><w:t>7</w:t></w:r></w:p><w:p/><w:p><w:r><w:t>last</w:t></w:r></w:p></w:document>`,
			"word/header1.xml", `<w:hdr xmlns:w="w"><w:p><w:t>Top</w:t></w:p></w:hdr>`, "word/styles.xml", "<no", "word/media/a.png", "\x89PNG"),
			[]string{"||Jane Doe 7", "||last", "header||Top"}, content.DOCX, 3, "not-collected: pictures in a document: 1"},
		"docx, and what is in it": {"a.docx", zipOf("word/document2.xml", `<w:document xmlns:w="w"><w:p><w:t>Jane</w:t></w:p></w:document>`, "word/_rels/document2.xml.rels",
			`<Relationships><Relationship Target="mailto:j@example.org" TargetMode="External"/><Relationship Target="styles.xml"/></Relationships>`, "word/embeddings/a.csv", table, "customXml/item1.xml", "<a>x</a>",
			"customXml/itemProps1.xml", "<b>y</b>", "word/charts/chart1.xml", "<c><v>7</v><v>8</v></c>", "word/diagrams/data1.xml", `<d xmlns:a="a"><a:p><a:t>Bob</a:t></a:p></d>`),
			[]string{"||Jane", "links||mailto:j@example.org", "word/embeddings/a.csv:id|id|1", "word/embeddings/a.csv:name|name|A", "customXml/item1.xml:a|a|x", "word/charts/chart1.xml:c.v|v|7", "word/charts/chart1.xml:c.v|v|8", "drawing||Bob"}, content.DOCX, 5, ""},
		"xlsx, and its copies": {"a.xlsx", zipOf("xl/workbook.xml", "<w/>", "xl/pivotCache/pivotCacheDefinition1.xml", `<d><cacheField name="Email"><sharedItems><s v="a@example.org"/></sharedItems></cacheField></d>`,
			"xl/pivotCache/pivotCacheRecords1.xml", `<r><r><x v="0"/><s v="Bob"/></r></r>`, "xl/worksheets/sheet1.xml", "<s><headerFooter><oddHeader>&amp;CTop</oddHeader></headerFooter></s>", "xl/connections.xml", `<c connection="server=x"/>`),
			[]string{"pivot:Email|Email|a@example.org", "pivot||Bob", "header||&CTop", "xl/connections.xml:c.connection|connection|server=x"}, content.XLSX, 0, ""},
		"a table": {"a.docx", zipOf("word/document.xml", `<w:document xmlns:w="w"><w:tbl><w:tr><w:tc><w:p><w:t>born</w:t></w:p></w:tc><w:tc><w:p><w:t>1985-07-06</w:t></w:p></w:tc></w:tr><w:tr/></w:tbl><w:p><w:pos>7</w:pos><w:t>x</w:t></w:p></w:document>`),
			[]string{"||born\t1985-07-06", "||x"}, content.DOCX, 2, ""},
		"only pictures": {"a.docx", zipOf("word/document.xml", "<w:document/>", "word/media/a.png", "\x89PNG"), nil, content.DOCX, 0, "not-collected: pictures in a document: 1"},
		"pptx":          {"a.pptx", zipOf("ppt/presentation.xml", "<p/>", "ppt/slides/slide12.xml", `<sld xmlns:a="a"><a:p><a:r><a:t>Hello</a:t></a:r></a:p></sld>`), []string{"slide||Hello"}, content.PPTX, 1, ""},
		"ods":           {"a.ods", openDocument("application/vnd.oasis.opendocument.spreadsheet", ods), []string{"Leute:id|id|7", "Leute:born|born|1985-07-06"}, content.ODS, 1, ""},
		"odt":           {"a.odt", openDocument("application/vnd.oasis.opendocument.text", `<d xmlns:text="t"><text:h>Title</text:h><text:p>Jane<text:s/>Doe</text:p></d>`), []string{"||Title", "||Jane Doe"}, content.ODT, 2, ""},
		"encrypted":     {"a.docx", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + utf16le("EncryptedPackage"), nil, "encrypted office document", 0, "unreadable: encrypted office document"},
		"rtf": {"a.doc", "{\\rtf1\\ansi{\\fonttbl\\f0 Arial;}\n\\f0 Mail to jane@example.org\\par\n}", []string{"||{\\rtf1\\ansi{\\fonttbl\\f0 Arial;}", "||\\f0 Mail to jane@example.org\\par", "||}"}, content.RTF, 3,
			"not-collected: rtf is read with its commands, which cut words: it may hold more"},
		"old": {"a.doc", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", nil, "old office document", 0, "not-collected: format not read: old office document"},
	})
}

// TestSharedStrings: cells that repeat a long text share the budget of bytes.
func TestSharedStrings(t *testing.T) {
	t.Parallel()
	total := 0
	in := workbook(strings.Repeat(`<row><c t="s"><v>0</v></c><c t="s"><v>0</v></c></row>`, 5000), "<si><t>"+strings.Repeat("long ", 20000)+"</t></si>")
	rep, err := content.Read(t.Context(), "a.xlsx", strings.NewReader(in), content.Options{Bytes: 4 << 20, Ratio: 10000}, func(_ *content.Column, b []byte) error {
		total += len(b)
		return nil
	})
	if err != nil || gap(rep.Gap) == "" || total > 10<<20 {
		t.Errorf("got gap %q and %d bytes, error %v; want about 4 MiB", gap(rep.Gap), total, err)
	}
	if fmt.Sprint(rep.Gap.Reason) != "sampled" {
		t.Errorf("got reason %s, want sampled", rep.Gap.Reason)
	}
}
