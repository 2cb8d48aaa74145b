//go:build unix

package main

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/gzip"
	"encoding/base64"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/parquet-go/parquet-go"
	"github.com/twmb/avro"
	"github.com/twmb/avro/ocf"
)

// files plants values in a file of each format, whole ones and broken ones.
func (c *canaries) files(t *testing.T) map[string]string {
	t.Helper()
	row := func(s string) (mail, number, note string) { return c.mail(s), c.number(s), c.note(s) }
	table := func(s, sep string) string {
		m, n, o := row(s)
		return strings.Join([]string{"email", "iban", "remark"}, sep) + "\n" + strings.Join([]string{m, n, o}, sep) + "\n" + strings.Repeat(strings.Join([]string{"x@" + s + ".example.org", "", "-"}, sep)+"\n", 3)
	}
	prose := func(s string) string {
		m, n, o := row(s)
		return "Please write to " + m + ", account " + n + ", remark " + o + ".\n"
	}
	object := func(s string) string {
		m, n, o := row(s)
		return fmt.Sprintf(`{"email":%q,"iban":%q,"remark":%q}`, m, n, o)
	}
	sheet := func(s string) string {
		m, n, o := row(s)
		return zipped(t, map[string]string{"[Content_Types].xml": `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>`,
			"xl/workbook.xml":            `<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="people" sheetId="1" r:id="r1"/></sheets></workbook>`,
			"xl/_rels/workbook.xml.rels": `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
			"xl/worksheets/sheet1.xml": `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>email</t></is></c></row><row r="2"><c r="A2" t="inlineStr"><is><t>` +
				m + `</t></is></c><c r="B2" t="inlineStr"><is><t>` + n + `</t></is></c><c r="C2" t="inlineStr"><is><t>` + strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;").Replace(o) + `</t></is></c></row></sheetData></worksheet>`})
	}
	type person struct{ Email, Iban, Remark string }
	m, n, o := row("parquet")
	var columns bytes.Buffer
	if err := parquet.Write(&columns, []person{{m, n, o}, {"x@parquet.example.org", "", "-"}}); err != nil {
		t.Fatal(err)
	}
	m, n, o = row("avro")
	var records bytes.Buffer
	if w, err := ocf.NewWriter(&records, avro.MustParse(`{"type":"record","name":"person","fields":[{"name":"email","type":"string"},{"name":"iban","type":"string"},{"name":"remark","type":{"type":"map","values":"string"}}]}`)); err != nil {
		t.Fatal(err)
	} else if err := errors.Join(w.Encode(map[string]any{"email": m, "iban": n, "remark": map[string]any{c.mail("avrokey"): o}}), w.Close()); err != nil {
		t.Fatal(err)
	}
	m, n, o = row("mail")
	letter := "From: " + m + "\nTo: x@mail.example.org\nSubject: " + n + "\nMIME-Version: 1.0\nContent-Type: text/plain\nContent-Transfer-Encoding: base64\n\n" + base64.StdEncoding.EncodeToString([]byte(o+"\n"+prose("mailbody"))) + "\n"
	wide := []byte{0xff, 0xfe}
	for _, u := range utf16.Encode([]rune(prose("utf16"))) {
		wide = append(wide, byte(u), byte(u>>8))
	}
	m, n, o = row("sql")
	dump := fmt.Sprintf("CREATE TABLE people (email text, iban text, remark text);\nINSERT INTO people (email, iban, remark) VALUES ('%s', '%s', '%s');\n", m, n, o)
	m, n, o = row("xml")
	tree := "<people><person><email>" + m + "</email><iban>" + n + "</iban><remark><![CDATA[" + o + "]]></remark></person></people>"
	m, n, o = row("yaml")
	keys := fmt.Sprintf("people:\n  - email: %s\n    iban: %s\n    remark: '%s'\n", m, n, o)
	m, n, o = row("pdf")
	page := "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[4 0 R]>>>>endobj 2 0 obj<</Kids[3 0 R]>>endobj 3 0 obj<</Type/Page/Contents 5 0 R>>endobj 4 0 obj<</T(" + c.mail("pdffield") + ")/V(" + o + ")>>endobj " +
		"5 0 obj<<>>stream\nBT /F 9 Tf (Please write to " + m + ", account) Tj 0 -20 Td (" + n + ") Tj ET\nendstream endobj 6 0 obj<</Author(" + c.mail("pdfauthor") + ")>>endobj trailer<</Root 1 0 R/Info 6 0 R>>"
	out := map[string]string{
		"people.csv": table("csv", ","), "people.tsv": table("tsv", "\t"), "people.json": "[" + object("json") + "]", "people.ndjson": object("ndjson") + "\n" + object("ndjson2") + "\n",
		"people.xml": tree, "people.yaml": keys, "people.sql": dump, "app.log": "2026-11-01 10:00:00 INFO " + prose("log"), "notes.txt": prose("txt"), "page.html": "<p title='x'>" + prose("html") + "</p>",
		"letter.eml": letter, "box.mbox": "From x@mail.example.org Sat Nov  1 10:00:00 2026\n" + letter, "wide.txt": string(wide), "people.parquet": columns.String(), "people.avro": records.String(), "page.pdf": page,
		"nested.zip":    zipped(t, map[string]string{"deeper.zip": zipped(t, map[string]string{c.mail("zipname") + ".csv": table("ziponly", ",")})}),
		"packed.csv.gz": packed(t, table("gz", ",")), "packed.zip": zipped(t, map[string]string{"in/people.csv": table("zip", ","), "deeper.zip": zipped(t, map[string]string{"people.json": object("zipzip")})}),
		"packed.tar": tarred(t, map[string]string{"in/people.csv": table("tar", ",")}), "people.xlsx": sheet("xlsx"),
		"letter.docx": zipped(t, map[string]string{"word/document.xml": `<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>` + strings.NewReplacer("&", "&amp;", "<", "&lt;").Replace(prose("docx")) + `</w:t></w:r></w:p></w:body></w:document>`}),

		c.mail("filename") + ".csv": table("named", ","),
		"broken.json":               "[" + object("brokenjson") + `, {"email": "` + c.mail("brokenend"),
		"broken.csv.gz":             packed(t, table("brokengz", ",")+strings.Repeat("and so on\n", 1000))[:120],
		"broken.xlsx":               sheet("brokenxlsx")[:500], "broken.xml": "<people><email>" + c.mail("brokenxml") + "</people>", "broken.yaml": "people: [" + c.mail("brokenyaml") + "\n  - {" + c.note("brokenyaml"),
		"broken.parquet": "PAR1" + prose("brokenparquet") + "PAR1", "broken.sql": "INSERT INTO people VALUES ('" + c.mail("brokensql"), "picture.png": "\x89PNG\r\n\x1a\n" + prose("png"),
		"broken.avro": records.String()[:records.Len()-30] + c.note("brokenavro"), "broken.zip": zipped(t, map[string]string{c.mail("brokenzip") + ".zip": zipped(t, map[string]string{"people.csv": table("brokenzip", ",")})[:90]}),
		"broken.db": "SQLite format 3\x00" + prose("brokendb"), "broken.pdf": "%PDF-1.7\n1 0 obj << /Title (" + c.mail("brokenpdf") + ") >>\n" + prose("brokenpdf"),
	}
	return out
}

// code plants values in code and settings of each language, whole ones and broken ones.
func (c *canaries) code() map[string]string {
	word := func(s string) string { return c.note("word" + s) }
	return map[string]string{
		"tf/main.tf": fmt.Sprintf(`variable "token" {
  default = %q
}

resource "aws_instance" "web" {
  ami           = "ami-1"
  instance_type = "t3.micro"
  user_data     = %q

  tags = {
    contact = %q
  }
}

resource "aws_db_instance" "main" {
  identifier     = "clinic"
  engine         = "postgres"
  instance_class = "db.t3.micro"
  username       = "app"
  password       = %q
}

resource "aws_ssm_parameter" "key" {
  name  = "key"
  type  = "SecureString"
  value = var.token
}
`, word("tfdefault"), "#!/bin/sh\nexport TOKEN='"+word("userdata")+"'\n", c.mail("tftag"), word("tfpassword")),
		"broken/main.tf": `resource "aws_s3_bucket" "x" {` + "\n  bucket = \"" + word("brokentf") + "\n  " + c.mail("brokentf") + " = [\n",
		"cfn/stack.yaml": fmt.Sprintf("AWSTemplateFormatVersion: \"2010-09-09\"\nParameters:\n  Password:\n    Type: String\n    Default: %q\nResources:\n  Main:\n    Type: AWS::RDS::DBInstance\n    Properties:\n      Engine: postgres\n      MasterUsername: app\n      MasterUserPassword: %q\n      Tags:\n        - Key: contact\n          Value: %q\n",
			word("cfndefault"), word("cfnpassword"), c.mail("cfntag")),
		"brokencfn/stack.yaml": "AWSTemplateFormatVersion: \"2010-09-09\"\nResources:\n  Main:\n    Type: AWS::RDS::DBInstance\n    Properties: [" + word("brokencfn") + "\n",
		"k8s/secret.yaml": fmt.Sprintf("apiVersion: v1\nkind: Secret\nmetadata:\n  name: s\ndata:\n  password: %s\nstringData:\n  token: %q\n---\napiVersion: v1\nkind: Pod\nmetadata:\n  name: p\nspec:\n  containers:\n    - name: c\n      image: x\n      env:\n        - name: DB_PASSWORD\n          value: %q\n",
			base64.StdEncoding.EncodeToString([]byte(word("k8sdata"))), word("k8sstring"), word("k8senv")),
		"plan/plan.json": fmt.Sprintf(`{"format_version":"1.2","terraform_version":"1.9.0","planned_values":{"root_module":{"resources":[{"address":"aws_db_instance.p","mode":"managed","type":"aws_db_instance","name":"p","provider_name":"registry.terraform.io/hashicorp/aws","schema_version":2,"values":{"identifier":"p","engine":"postgres","password":%q,"tags":{"contact":%q}},"sensitive_values":{"password":true}}]}},"resource_changes":[{"address":"aws_db_instance.p","mode":"managed","type":"aws_db_instance","name":"p","provider_name":"registry.terraform.io/hashicorp/aws","change":{"actions":["create"],"before":null,"after":{"identifier":"p","engine":"postgres","password":%q,"tags":{"contact":%q}},"after_unknown":{}}}],"configuration":{}}`,
			word("plan"), c.mail("plantag"), word("plan"), c.mail("plantag")),
		".env": "DATABASE_URL=postgres://app:" + "Kanari7zq4env" + "@db.example.org/app\nTOKEN=" + word("env") + "\n",
	}
}

func write(t *testing.T, dir string, files map[string]string) {
	t.Helper()
	for name, text := range files {
		p := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(p), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(p, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

func zipped(t *testing.T, files map[string]string) string {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for name, text := range files {
		w, err := z.Create(name)
		if err == nil {
			_, err = w.Write([]byte(text))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func tarred(t *testing.T, files map[string]string) string {
	t.Helper()
	var b bytes.Buffer
	w := tar.NewWriter(&b)
	for name, text := range files {
		err := w.WriteHeader(&tar.Header{Name: name, Mode: 0o600, Size: int64(len(text))})
		if err == nil {
			_, err = w.Write([]byte(text))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func packed(t *testing.T, text string) string {
	t.Helper()
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	if _, err := z.Write([]byte(text)); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}
