package content

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
)

// xml reads texts and attributes at the path of their elements: "people.person.email".
func (p *parser) xml() error {
	e := &elements{nested: p.nested(), dec: xml.NewDecoder(p.in), in: p.in}
	e.dec.Strict = false // names of entities stay, and elements may overlap: what they hold is read
	e.dec.CharsetReader = func(name string, r io.Reader) (io.Reader, error) {
		if asItIs(name) || charsetOf(name) != nil {
			return r, nil // what is read is UTF-8 already
		}
		return nil, errors.New("unknown charset")
	}
	w := &walk{elements: e, lexer: p.lexer()}
	err := w.all()
	if errors.Is(err, errEnd) {
		return nil
	}
	return p.rest(err)
}

// walk is at one element of a document.
type walk struct {
	*elements
	lexer *lexer
	at    []*keys
}

func (w *walk) all() error {
	for {
		t, err := w.token()
		if err != nil {
			return errors.Join(w.flush(), err)
		}
		switch t := t.(type) {
		case xml.StartElement:
			err = w.start(t)
		case xml.CharData:
			if len(w.at) > 0 {
				err = w.lexer.add(w.top().column(w.in.line), t)
			}
		case xml.EndElement:
			err = w.flush()
			w.at = w.at[:len(w.at)-1]
		case xml.Comment:
			err = w.aside(t)
		case xml.Directive:
			err = w.aside(t)
		}
		if err != nil {
			return err
		}
	}
}

func (w *walk) top() *keys { return w.at[len(w.at)-1] }

// flush hands over the text so far of the element that is open; blanks between elements are none.
func (w *walk) flush() error {
	if len(w.at) == 0 {
		return nil
	}
	if blank(w.lexer.buf) {
		w.lexer.buf = w.lexer.buf[:0]
		return nil
	}
	return w.lexer.end(w.top().column(w.in.line), nil)
}

// aside hands over a comment or a definition, which has no place.
func (w *walk) aside(b []byte) error {
	if err := w.flush(); err != nil {
		return err
	}
	return w.lexer.end(w.lexer.root.column(w.in.line), bytes.TrimSpace(b))
}

func (w *walk) start(s xml.StartElement) error {
	if err := w.flush(); err != nil {
		return err
	}
	of := w.lexer.root
	if len(w.at) > 0 {
		of = w.top()
	}
	if len(w.at) == 1 {
		w.lexer.rep.Records++
	}
	at, err := w.lexer.place(of, []byte(s.Name.Local))
	if err != nil {
		return err
	}
	w.at = append(w.at, at)
	for _, a := range s.Attr {
		if a.Name.Space == "xmlns" || a.Name.Local == "xmlns" {
			continue
		}
		to, err := w.lexer.place(at, []byte(a.Name.Local))
		if err != nil {
			return err
		}
		if err := w.lexer.end(to.column(w.in.line), []byte(a.Value)); err != nil {
			return err
		}
	}
	return nil
}

func blank(b []byte) bool {
	for _, c := range b {
		if c != ' ' && c != '\n' && c != '\r' && c != '\t' {
			return false
		}
	}
	return true
}
