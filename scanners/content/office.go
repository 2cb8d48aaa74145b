package content

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/probity-scan/probity"
)

// office tells a document by what its archive holds; empty: an archive like any other.
func office(files []*zip.File) Format {
	for _, f := range files {
		switch unnumbered(f.Name) {
		case "xl/workbook.xml":
			return XLSX
		case "word/document.xml":
			return DOCX
		case "ppt/presentation.xml":
			return PPTX
		case "mimetype":
			if f.Method != zip.Store || f.UncompressedSize64 > 200 || f.Flags&1 != 0 {
				continue
			}
			r, err := f.Open()
			if err != nil {
				continue
			}
			b, err := io.ReadAll(io.LimitReader(r, 200))
			_ = r.Close() // only read
			if rest, ok := bytes.CutPrefix(bytes.TrimSpace(b), []byte("application/vnd.oasis.opendocument.")); ok && err == nil {
				switch kind, _, _ := strings.Cut(string(rest), "-"); kind {
				case "spreadsheet":
					return ODS
				case "text":
					return ODT
				case "presentation":
					return ODP
				}
			}
		}
	}
	return ""
}

// document reads the parts of an office document that hold its text, and files in it as objects of their own.
func (n *nested) document(files []*zip.File, size int64) error {
	book := &book{nested: n}
	if n.rep.Format == XLSX {
		if err := book.prepare(files, size); err != nil {
			return err
		}
	}
	pictures := 0
	for _, f := range files {
		as := n.entry
		if read := n.part(unnumbered(f.Name), f.Name, book); read != nil {
			as = func(name string, r io.Reader) error { return n.element(name, r, read) }
		} else if !embedded(f.Name) {
			if picture(f.Name) {
				pictures++
			}
			continue
		}
		if err := n.packed(f, size, as); err != nil {
			return err
		}
	}
	if pictures > 0 {
		n.lose("", &probity.Gap{Reason: probity.NotCollected, Because: fmt.Sprintf("pictures in a document: %d", pictures), Needs: "text recognition before the scan"})
	}
	return nil
}

// picture reports whether a file of a document is one that it shows.
func picture(name string) bool {
	return !strings.HasSuffix(name, "/") && (strings.Contains(name, "/media/") || strings.HasPrefix(name, "Pictures/"))
}

// elements reads XML token by token.
type elements struct {
	*nested
	dec *xml.Decoder
	in  *window

	open int // elements
}

const tag = 1 << 20 // bytes of one, with its attributes

var errEnd = errors.New("end of the document")

// token gives the next one; errEnd after the last.
func (e *elements) token() (xml.Token, error) {
	e.in.begin("the element at line")
	if e.tagged() {
		e.in.beginShort("the element at line", tag)
	}
	t, err := e.dec.Token()
	switch t.(type) {
	case xml.StartElement:
		if e.open++; e.open > levels {
			return nil, &syntaxError{"nested deeper than 10000 levels", e.in.line}
		}
	case xml.EndElement:
		e.open--
	}
	if err == nil {
		return t, nil
	}
	if errors.Is(err, io.EOF) && e.in.ended() {
		return nil, errEnd
	}
	return nil, &syntaxError{"malformed XML", e.in.line}
}

// tagged reports whether the next token is a tag: behind a text, its first byte has been read.
func (e *elements) tagged() bool {
	b := e.in.peek(2)
	if read := e.in.read - int64(e.in.end-e.in.at); read == e.dec.InputOffset() && len(b) > 0 && b[0] == '<' {
		b = b[1:]
	} else if read == e.dec.InputOffset() {
		return false
	}
	return len(b) > 0 && b[0] != '!' && b[0] != '?'
}

// element reads one XML file of a document, within the budget of all.
func (n *nested) element(name string, r io.Reader, read func(*elements) error) error {
	if err := n.more(); err != nil {
		return err
	}
	counted := &counter{ctx: n.ctx, r: r}
	in := newWindow(counted, n.opts.Bytes-n.rep.Bytes)
	e := &elements{nested: n, dec: xml.NewDecoder(in), in: in}
	e.dec.CharsetReader = func(_ string, r io.Reader) (io.Reader, error) { return r, nil }
	err := read(e)
	n.rep.Bytes += in.read
	var bad *syntaxError
	switch {
	case n.ctx.Err() != nil:
		return n.ctx.Err()
	case errors.Is(err, errEnd), err == nil:
		err = nil
	case errors.As(err, &bad):
		if !in.cut() {
			n.lose(entryName(name), bad.gap())
		}
		err = nil
	}
	if g := in.gap(0); g != nil {
		n.lose(entryName(name), g)
	}
	return err
}

// prose hands over each paragraph as one text; a place of its own is named by part. What stands elsewhere is where things are drawn.
func (n *nested) prose(part string) func(*elements) error {
	open := n.rep.Format == ODS || n.rep.Format == ODT || n.rep.Format == ODP
	return func(e *elements) error {
		col := n.place(part, "")
		c := cell{max: n.opts.Cell, out: n.each}
		text, inside := open, 0 // cells of tables: a row is one text, as what it says stands beside its name
		for {
			t, err := e.token()
			if err != nil {
				return errors.Join(c.end(col, nil), err)
			}
			switch t := t.(type) {
			case xml.CharData:
				if !text || len(c.buf) == 0 && len(bytes.TrimSpace(t)) == 0 {
					continue
				}
				err = c.add(col, t)
			case xml.StartElement:
				switch t.Name.Local {
				case "tab", "br", "cr", "line-break", "s":
					err = c.add(col, []byte{' '})
				case "t", "delText", "instrText", "text":
					text = true
				case "tc", "table-cell":
					inside++
				}
			case xml.EndElement:
				switch t.Name.Local {
				case "t", "delText", "instrText":
					text = open
				case "tc", "table-cell":
					inside--
				case "p", "h", "comment", "si", "tr", "table-row":
					if inside > 0 {
						err = c.add(col, []byte{'\t'})
						break
					}
					if c.buf = bytes.TrimRight(c.buf, "\t"); len(c.buf) > 0 {
						n.rep.Records++
					}
					err = c.end(col, nil)
				}
			}
			if err != nil {
				return err
			}
		}
	}
}

// properties hands over each as one text.
func (n *nested) properties(e *elements) error {
	col := n.place("properties", "")
	c := cell{max: n.opts.Cell, out: n.each}
	for {
		t, err := e.token()
		if err != nil {
			return errors.Join(c.end(col, nil), err)
		}
		switch t := t.(type) {
		case xml.CharData:
			err = c.add(col, bytes.TrimSpace(t))
		case xml.EndElement:
			if len(c.buf) > 0 {
				n.rep.Records++
			}
			err = c.end(col, nil)
		}
		if err != nil {
			return err
		}
	}
}
