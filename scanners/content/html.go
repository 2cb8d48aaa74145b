package content

import (
	"bytes"
	"errors"
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/probity-scan/probity"
)

// page reads HTML: a block of text at a time, fields of forms and cells of tables by their names, and what stands in attributes, links
// and comments. Styles are left out.
type page struct {
	*parser
	cell
	n     *nested
	free  *Column
	raw   atom.Atom // script, style, title or textarea, whose text is no HTML
	pre   int
	field string // of a textarea or a select
	grids []*cells
}

// cells is a table that is open.
type cells struct {
	names  []string // of columns
	row    []heading
	in     bool // a cell
	header bool // of the cell
	label  string
	text   []byte
}

type heading struct {
	is   bool
	text string
}

func (p *parser) html() error {
	h := &page{parser: p, cell: cell{max: p.opts.Cell, out: p.each}, n: p.nested(), free: &Column{}}
	z := html.NewTokenizer(p.in)
	z.SetMaxBuf(8 << 20) // pictures may stand in attributes
	for {
		p.in.begin("the element at line")
		kind := z.Next()
		var err error
		switch kind {
		case html.ErrorToken:
			if errors.Is(z.Err(), html.ErrBufferExceeded) {
				p.rep.Gap = &probity.Gap{Reason: probity.Unreadable, Because: "an element of HTML is longer than 8 MiB"}
			}
			return h.ends()
		case html.TextToken:
			err = h.words(z.Text())
		case html.CommentToken:
			err = h.give("", "", string(z.Text()))
		case html.StartTagToken, html.SelfClosingTagToken:
			err = h.open(h.tag(z, kind))
		case html.EndTagToken:
			name, _ := z.TagName()
			err = h.close(atom.Lookup(name))
		}
		if err != nil {
			return err
		}
	}
}

const attributes = 10000 // of a tag

// tag reads one with as many attributes as anybody writes.
func (h *page) tag(z *html.Tokenizer, kind html.TokenType) html.Token {
	name, more := z.TagName()
	t := html.Token{Type: kind, DataAtom: atom.Lookup(name)}
	for more {
		if len(t.Attr) == attributes {
			h.rep.Gap = &probity.Gap{Reason: probity.Unreadable, Because: "a tag of HTML has more than 10000 attributes"}
			break
		}
		var key, val []byte
		key, val, more = z.TagAttr()
		t.Attr = append(t.Attr, html.Attribute{Key: string(key), Val: string(val)})
	}
	return t
}

// ends hands over what is open where the page ends.
func (h *page) ends() error {
	for len(h.grids) > 0 {
		if err := h.closes(atom.Table); err != nil {
			return err
		}
	}
	return h.block()
}

// words takes text; blanks in a row are one, but where they are kept.
func (h *page) words(b []byte) error {
	switch h.raw {
	case atom.Style:
		return nil
	case atom.Script:
		return h.give("script", "", string(b))
	case atom.Title:
		return h.give("title", "title", string(b))
	case atom.Textarea:
		return h.give("form", h.field, string(b))
	}
	t := h.table()
	if h.pre == 0 {
		before := h.buf
		if t != nil && t.in {
			before = t.text
		}
		if b = squeezed(b); len(before) == 0 || before[len(before)-1] == ' ' {
			b = bytes.TrimLeft(b, " ")
		}
	}
	if t != nil && t.in {
		if room := h.opts.Cell - len(t.text); len(b) <= room {
			t.text = append(t.text, b...)
			return nil
		}
		if err := h.spill(t); err != nil {
			return err
		}
	}
	return h.add(h.free, b)
}

// squeezed makes blanks in a row one.
func squeezed(b []byte) []byte {
	out := b[:0]
	for _, c := range b {
		if c == '\n' || c == '\r' || c == '\t' || c == '\f' {
			c = ' '
		}
		if c != ' ' || len(out) == 0 || out[len(out)-1] != ' ' {
			out = append(out, c)
		}
	}
	return out
}

// block ends a block of text.
func (h *page) block() error {
	if len(bytes.TrimSpace(h.buf)) == 0 {
		h.buf = h.buf[:0]
		return nil
	}
	h.rep.Records++
	h.buf = bytes.TrimRight(h.buf, " ")
	return h.end(h.free, nil)
}

// give hands over a text at a place of its own.
func (h *page) give(place, name, text string) error {
	text = strings.TrimSpace(text)
	if text == "" {
		return nil
	}
	col := h.free
	if place != "" {
		path := place
		if path != name && isName([]byte(name)) {
			path = join(place, name)
		} else if path != name {
			name = ""
		}
		col = h.n.place(path, name)
	}
	c := cell{max: h.opts.Cell, out: h.each}
	return c.end(col, []byte(text))
}

func (h *page) open(t html.Token) error {
	switch t.DataAtom {
	case atom.Script, atom.Style, atom.Title, atom.Textarea:
		if t.Type == html.StartTagToken {
			h.raw = t.DataAtom
		}
	case atom.Pre:
		h.pre++
	case atom.Br:
		return h.words([]byte{' '})
	}
	if err := h.attributes(t); err != nil {
		return err
	}
	if slices.Contains([]atom.Atom{atom.Table, atom.Tr, atom.Td, atom.Th, atom.Thead, atom.Tbody, atom.Tfoot, atom.Caption}, t.DataAtom) {
		if err := h.block(); err != nil {
			return err
		}
		return h.opens(t.DataAtom)
	}
	if isBlock(t.DataAtom) {
		return h.split()
	}
	return nil
}

func (h *page) close(a atom.Atom) error {
	switch {
	case a == h.raw:
		h.raw = 0
	case a == atom.Pre:
		h.pre = max(h.pre-1, 0)
	case a == atom.Table, a == atom.Tr, a == atom.Td, a == atom.Th:
		return h.closes(a)
	}
	if isBlock(a) {
		return h.split()
	}
	return nil
}

// split is where a block begins or ends; in a table's cell it is a blank.
func (h *page) split() error {
	if t := h.table(); t != nil && t.in {
		return h.words([]byte{' '})
	}
	return h.block()
}

// attributes reads what stands in a tag.
func (h *page) attributes(t html.Token) error {
	of := map[string]string{}
	for _, a := range t.Attr {
		if a.Key == "name" || a.Key == "property" {
			of[a.Key] = a.Val
		}
	}
	if t.DataAtom == atom.Textarea || t.DataAtom == atom.Select {
		h.field = of["name"]
	}
	for _, a := range t.Attr {
		place, name := "", ""
		switch a.Key {
		case "href", "action":
			place = "links"
		case "value":
			place, name = "form", of["name"]
			if t.DataAtom == atom.Option {
				name = h.field
			}
		case "content":
			place, name = "meta", of["name"]
			if name == "" {
				name = of["property"]
			}
		case "alt", "title", "placeholder", "aria-label", "summary", "cite", "datetime", "src":
			place = "attributes"
		default:
			if !strings.HasPrefix(a.Key, "data-") {
				continue
			}
			place = "attributes"
		}
		if strings.HasPrefix(a.Val, "data:") {
			continue // a picture, packed
		}
		if err := h.give(place, name, a.Val); err != nil {
			return err
		}
	}
	return nil
}

func isBlock(a atom.Atom) bool {
	switch a {
	case atom.P, atom.Div, atom.Li, atom.Ul, atom.Ol, atom.Dl, atom.Dt, atom.Dd, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Section, atom.Article,
		atom.Header, atom.Footer, atom.Main, atom.Nav, atom.Aside, atom.Address, atom.Blockquote, atom.Pre, atom.Form, atom.Fieldset, atom.Option, atom.Hr, atom.Body,
		atom.Figure, atom.Figcaption, atom.Details, atom.Summary, atom.Label, atom.Legend, atom.Button, atom.Table, atom.Caption, atom.Tr:
		return true
	}
	return false
}
