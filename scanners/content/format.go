package content

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"io"
	"path"
	"slices"
	"strings"
)

// Format is what an object is written in.
type Format string

// The formats that are read, and the empty object. Any other Format names one that is not read.
const (
	Empty   Format = "empty"
	Text    Format = "text"
	CSV     Format = "csv"
	TSV     Format = "tsv"
	JSON    Format = "json"
	NDJSON  Format = "ndjson"
	SQL     Format = "sql"
	Avro    Format = "avro"
	Mail    Format = "mail"
	Mbox    Format = "mbox"
	XML     Format = "xml"
	HTML    Format = "html"
	YAML    Format = "yaml"
	RTF     Format = "rtf"
	PDF     Format = "pdf"
	Zip     Format = "zip"
	Tar     Format = "tar"
	XLSX    Format = "xlsx"
	DOCX    Format = "docx"
	PPTX    Format = "pptx"
	ODS     Format = "ods"
	ODT     Format = "odt"
	ODP     Format = "odp"
	Parquet Format = "parquet"
	SQLite  Format = "sqlite"
	PGDump  Format = "pg_dump"
)

const sniffed = 64 << 10 // bytes that decide on format, charset and dialect

// Readable reports whether objects of this name are usually of a format that is read; a name without an extension may be.
func Readable(name string) bool {
	switch ext(unpacked(strings.ToLower(name))) {
	case "csv", "tsv", "tab", "psv", "json", "jsonl", "ndjson", "txt", "log", "sql", "geojson", "xlsx", "ods", "avro", "parquet", "dump", "eml", "mbox":
		return true
	}
	return false
}

// Document reports whether objects of this name are usually documents or archives that are read: among code they tell of it, or are made of it.
func Document(name string) bool {
	switch ext(unpacked(strings.ToLower(name))) {
	case "pdf", "docx", "pptx", "odt", "odp", "zip", "tar", "rtf":
		return true
	}
	return false
}

// Plain reports whether what begins so is text as it stands, so that a place in its bytes means something.
func Plain(head []byte) bool {
	return packing(head) == nil && unicodes(head) == nil && binary(head) == ""
}

// archive reports whether a format holds objects that are read by themselves.
func (f Format) archive() bool {
	switch f {
	case Mail, Mbox, PDF, PGDump, Zip, Tar, XLSX, DOCX, PPTX, ODS, ODT, ODP:
		return true
	}
	return false
}

func ext(name string) string { return strings.TrimPrefix(path.Ext(name), ".") }

func detect(name string, head []byte, whole bool) Format {
	if len(head) == 0 {
		return Empty
	}
	if f := binary(head); f != "" {
		if f == "binary" && slices.Contains([]string{"sqlite", "sqlite3", "db3", "s3db", "sqlitedb"}, ext(name)) {
			return SQLite // encrypted as a whole
		}
		return f
	}
	switch ext(name) {
	case "tar":
		if whole && len(head) < 512 {
			break
		}
		return Tar
	case "csv", "psv":
		return CSV
	case "tsv", "tab":
		return TSV
	case "json", "geojson":
		return JSON
	case "jsonl", "ndjson":
		return NDJSON
	case "sql":
		return SQL
	case "xml":
		if bytes.HasPrefix(bytes.TrimSpace(head[:min(len(head), 512)]), []byte("<")) {
			return XML
		}
	case "html", "htm", "xhtml":
		return HTML
	case "yaml", "yml":
		return YAML
	case "eml", "mbox":
		return letters(name, head)
	case "log":
		return Text
	}
	for _, mark := range []string{"-- PostgreSQL database dump", "--\n-- PostgreSQL database dump", "-- MySQL dump", "-- MariaDB dump", "/*!999999"} {
		if bytes.HasPrefix(head, []byte(mark)) {
			return SQL
		}
	}
	if f := letters(name, head); f != "" {
		return f
	}
	if bytes.HasPrefix(head, []byte(`{\rtf`)) {
		return RTF
	}
	start := bytes.TrimLeft(head, " \t\r\n")
	if first := bytes.ToLower(start[:min(len(start), 16)]); bytes.HasPrefix(first, []byte("<!doctype html")) || bytes.HasPrefix(first, []byte("<html")) {
		return HTML
	}
	if bytes.HasPrefix(start, []byte("<?xml ")) {
		return XML
	}
	if len(start) > 1 && (start[0] == '{' || start[0] == '[') && isJSON(start) {
		if line, _, more := bytes.Cut(start, []byte{'\n'}); more && start[0] == '{' && bytes.HasSuffix(bytes.TrimRight(line, "\r "), []byte("}")) {
			return NDJSON
		}
		return JSON
	}
	if tabular(head, whole) {
		return CSV
	}
	return Text
}

// isJSON reports whether a text that begins with a bracket goes on as JSON does.
func isJSON(start []byte) bool {
	d := json.NewDecoder(bytes.NewReader(start))
	for i := range 200 {
		switch _, err := d.Token(); {
		case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
			return i > 1
		case err != nil:
			return false
		}
	}
	return true
}

const old Format = "old office document"

// Marks that begin words of texts too.
const (
	orc       = "ORC"
	encrypted = "PARE" // Parquet with a footer that is
)

func control(r rune) bool { return r < '\t' }

// magics are the first bytes of formats that are no text.
func magics() []struct {
	bytes string
	f     Format
} {
	return []struct {
		bytes string
		f     Format
	}{
		{"PK\x03\x04", Zip}, {"PK\x05\x06", Zip}, {"%PDF-", PDF}, {"PAR1", Parquet}, {encrypted, Parquet}, {"Obj\x01", Avro}, {orc, "orc"},
		{"\x89PNG", "png image"}, {"\xff\xd8\xff", "jpeg image"}, {"GIF8", "gif image"}, {archiveMark, PGDump}, {"7z\xbc\xaf", "7z"}, {"Rar!\x1a\x07", "rar"},
		{"\xd0\xcf\x11\xe0", old}, {"\x7fELF", "program"},
		{sqliteMark, SQLite}, {"\x37\x7f\x06\x82", "write-ahead log of sqlite"}, {"\x37\x7f\x06\x83", "write-ahead log of sqlite"}, {"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7", "journal of sqlite"},
	}
}

// magic names a format by its first bytes; empty: none shows.
func magic(head []byte) Format {
	for _, m := range magics() {
		if bytes.HasPrefix(head, []byte(m.bytes)) && (m.bytes != orc && m.bytes != encrypted || bytes.ContainsFunc(head, control)) {
			if m.f == old && bytes.Contains(head, []byte("E\x00n\x00c\x00r\x00y\x00p\x00t\x00e\x00d\x00P\x00a\x00c\x00k\x00a\x00g\x00e\x00")) {
				return "encrypted office document"
			}
			return m.f
		}
	}
	if len(head) >= 512 && string(head[257:262]) == "ustar" {
		return Tar
	}
	return cmp.Or(sealed(head), media(head, false))
}

// binary names a format that is no text by its first bytes, or says "binary".
func binary(head []byte) Format {
	if f := magic(head); f != "" {
		return f
	}
	control, zeros := 0, 0
	for _, c := range head {
		switch {
		case c == 0:
			zeros++
		case c < 0x20 && c != '\n' && c != '\r' && c != '\t' && c != '\f' && c != 0x1b:
			control++
		}
	}
	if zeros > len(head)/100 || control+zeros > len(head)/20 { // a log may have a few
		return cmp.Or(media(head, true), "binary")
	}
	return ""
}
