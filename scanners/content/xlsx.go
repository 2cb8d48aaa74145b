package content

import (
	"archive/zip"
	"cmp"
	"encoding/xml"
	"io"
	"path"
	"strconv"
	"strings"
	"time"

	"github.com/probity-scan/probity"
)

const (
	shared = 32 << 20 // bytes of strings that the cells of a workbook share
	wide   = 16384    // columns of a sheet
)

// book is what the sheets of a workbook share.
type book struct {
	*nested
	text     []byte
	ends     []int  // of each string in text
	dates    []bool // by style
	titles   map[string]string
	targets  map[string]string
	from1904 bool
}

// prepare reads what cells refer to, wherever it stands in the archive.
func (b *book) prepare(files []*zip.File, size int64) error {
	b.titles, b.targets = map[string]string{}, map[string]string{}
	for _, name := range []string{"xl/_rels/workbook.xml.rels", "xl/workbook.xml", "xl/styles.xml", "xl/sharedStrings.xml"} {
		for _, f := range files {
			if unnumbered(f.Name) != name {
				continue
			}
			read := map[string]func(*elements) error{"rels": b.relations, "workbook": b.workbook, "styles": b.styles, "sharedStrings": b.strings}[partOf(name)]
			if err := b.packed(f, size, func(name string, r io.Reader) error { return b.element(name, r, read) }); err != nil {
				return err
			}
			break
		}
	}
	return nil
}

func partOf(name string) string {
	if strings.HasSuffix(name, ".rels") {
		return "rels"
	}
	return strings.TrimSuffix(path.Base(name), ".xml")
}

func (b *book) relations(e *elements) error {
	return e.starts(func(s xml.StartElement) {
		if s.Name.Local == "Relationship" && len(b.targets) < b.opts.Columns {
			b.targets[attr(s, "Id")] = path.Join("xl", strings.TrimPrefix(attr(s, "Target"), "/xl/"))
		}
	})
}

func (b *book) workbook(e *elements) error {
	return e.starts(func(s xml.StartElement) {
		switch s.Name.Local {
		case "workbookPr":
			d := attr(s, "date1904")
			b.from1904 = d == "1" || d == "true"
		case "sheet":
			if to := b.targets[attr(s, "id")]; to != "" {
				b.titles[to] = entryName(attr(s, "name"))
			}
		}
	})
}

// styles tells which are dates: cells hold them as numbers of days. Numbers below 164 are ECMA-376 part 1, 18.8.30.
func (b *book) styles(e *elements) error {
	custom := map[string]bool{}
	cells := false
	return e.visit(func(s xml.StartElement) {
		switch s.Name.Local {
		case "numFmt":
			if len(custom) < 1000 && strings.ContainsAny(attr(s, "formatCode"), "yY") {
				custom[attr(s, "numFmtId")] = true
			}
		case "cellXfs":
			cells = true
		case "xf":
			if cells && len(b.dates) < 1<<16 {
				id := attr(s, "numFmtId")
				n, _ := strconv.Atoi(id) // none is 0, which is no date
				b.dates = append(b.dates, custom[id] || n >= 14 && n <= 17 || n == 22 || n >= 27 && n <= 36 || n >= 50 && n <= 58)
			}
		}
	}, func(end xml.EndElement) { cells = cells && end.Name.Local != "cellXfs" })
}

func (b *book) strings(e *elements) error {
	phonetic := false
	for {
		t, err := e.token()
		if err != nil {
			return err
		}
		switch t := t.(type) {
		case xml.StartElement:
			phonetic = phonetic || t.Name.Local == "rPh"
		case xml.CharData:
			if !phonetic {
				b.text = append(b.text, t...)
			}
		case xml.EndElement:
			switch t.Name.Local {
			case "rPh":
				phonetic = false
			case "si":
				b.ends = append(b.ends, len(b.text))
			}
		}
		if len(b.text)+8*len(b.ends) > shared {
			b.lose("", &probity.Gap{Reason: probity.Unreadable, Because: "workbook shares more than 32 MiB of strings"})
			return errEnd
		}
	}
}

func (b *book) string(v []byte) []byte {
	i, err := strconv.Atoi(string(v))
	if err != nil || i < 0 || i >= len(b.ends) {
		return nil
	}
	from := 0
	if i > 0 {
		from = b.ends[i-1]
	}
	return b.text[from:b.ends[i]]
}

func (b *book) sheet(e *elements, name string) error {
	title := b.titles[name]
	if title == "" {
		title = strings.TrimSuffix(path.Base(name), ".xml")
	}
	g := &grid{n: b.nested, sheet: title}
	var cells [][]byte
	var v []byte
	var kind, style string
	at, in := 0, false
	for {
		t, err := e.token()
		if err != nil {
			return cmp.Or(g.begin(), err)
		}
		switch t := t.(type) {
		case xml.StartElement:
			switch t.Name.Local {
			case "row":
				cells, at = cells[:0], 0
			case "c":
				kind, style, v = attr(t, "t"), attr(t, "s"), nil
				if i := ordinal(attr(t, "r")); i > 0 {
					at = i - 1
				}
			case "v", "t":
				in = true
			case "oddHeader", "oddFooter", "evenHeader", "evenFooter", "firstHeader", "firstFooter":
				in, v = true, nil
			}
		case xml.CharData:
			if in {
				v = append(v, t...)
			}
		case xml.EndElement:
			switch t.Name.Local {
			case "v", "t":
				in = false
			case "oddHeader", "oddFooter", "evenHeader", "evenFooter", "firstHeader", "firstFooter":
				in = false
				if c := (cell{max: b.opts.Cell, out: b.each}); len(v) > 0 {
					err = c.end(b.place("header", ""), v)
				}
				if err != nil {
					return err
				}
			case "c":
				i := min(at, b.opts.Columns-1)
				for len(cells) <= i {
					cells = append(cells, nil)
				}
				cells[i] = b.value(kind, style, v)
				b.rep.Bytes += int64(len(cells[i]) - min(len(v), len(cells[i])))
				at++
			case "row":
				if err := g.row(cells); err != nil {
					return err
				}
				if b.rep.Bytes >= b.opts.Bytes {
					return b.more()
				}
			}
		}
	}
}

// value is what a cell shows: t says how v is written.
func (b *book) value(t, style string, v []byte) []byte {
	switch t {
	case "s":
		return b.string(v)
	case "", "n":
		if s, err := strconv.Atoi(style); err == nil && s >= 0 && s < len(b.dates) && b.dates[s] {
			return b.date(v)
		}
	case "b", "e":
		return nil
	}
	return v
}

// date writes a number of days as people do. Those up to 60 count a 29 February 1900 that never was.
func (b *book) date(v []byte) []byte {
	days, err := strconv.ParseFloat(string(v), 64)
	if err != nil || days < 1 || days > 2958465 {
		return v
	}
	start := time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)
	if b.from1904 {
		start = time.Date(1904, 1, 1, 0, 0, 0, 0, time.UTC)
	}
	return []byte(start.AddDate(0, 0, int(days)).Format(time.DateOnly))
}

// ordinal is the number of a cell's column: 28 for "AB7"; 0 where there is none.
func ordinal(ref string) int {
	n := 0
	for _, c := range []byte(ref) {
		if c < 'A' || c > 'Z' || n > wide {
			break
		}
		n = n*26 + int(c-'A') + 1
	}
	return n
}

func attr(s xml.StartElement, name string) string {
	for _, a := range s.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// starts visits the elements of a document.
func (e *elements) starts(visit func(xml.StartElement)) error {
	return e.visit(visit, func(xml.EndElement) {})
}

// visit goes through a document.
func (e *elements) visit(start func(xml.StartElement), end func(xml.EndElement)) error {
	for {
		t, err := e.token()
		if err != nil {
			return err
		}
		switch t := t.(type) {
		case xml.StartElement:
			start(t)
		case xml.EndElement:
			end(t)
		}
	}
}
