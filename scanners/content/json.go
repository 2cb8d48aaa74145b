package content

import (
	"errors"
	"fmt"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/probity-scan/probity"
)

const levels = 10000 // brackets open at once

// lexer reads JSON values one after the other, each string in pieces: no value and no document is ever held.
type lexer struct {
	*parser
	cell
	places places
	stack  []frame
	root   *keys
	lines  bool // a value ends with its line
	digits [32]byte
}

type frame struct {
	at    *keys
	array bool
}

func (p *parser) lexer() *lexer {
	return &lexer{parser: p, cell: cell{max: p.opts.Cell, out: p.each}, places: places{max: p.opts.Columns}, root: &keys{}}
}

// json reads one value or several; the elements of a single array are the records.
func (p *parser) json() error {
	l := p.lexer()
	for {
		c, ok := l.blank()
		if !ok {
			return nil
		}
		if c != '[' {
			p.rep.Records++
		}
		if err := l.value(c); err != nil {
			return err
		}
	}
}

// ndjson reads a value a line. A line that is not JSON is lost, and the next one is read.
func (p *parser) ndjson() error {
	l := p.lexer()
	l.lines = true
	lost, first := 0, 0
	for {
		c, ok := l.blank()
		if !ok {
			break
		}
		line := l.in.line
		p.rep.Records++
		err := l.value(c)
		var bad *syntaxError
		if !errors.As(err, &bad) {
			if err != nil {
				return err
			}
			continue
		}
		if lost++; lost == 1 {
			first = line
		}
		l.stack, l.buf = l.stack[:0], l.buf[:0]
		for l.in.line == line {
			if _, ok := l.in.next(); !ok {
				break
			}
		}
	}
	if lost > 0 && l.in.err != errBudget {
		p.rep.Gap = &probity.Gap{Reason: probity.Unreadable, Because: fmt.Sprintf("lines that are not JSON: %d, the first is line %d", lost, first)}
	}
	return nil
}

// blank skips to the next byte that means something.
func (l *lexer) blank() (byte, bool) {
	for {
		c, ok := l.in.next()
		if !ok || c != ' ' && c != '\n' && c != '\r' && c != '\t' {
			return c, ok
		}
		if c == '\n' && l.lines && len(l.stack) > 0 {
			return 0, false
		}
	}
}

func (l *lexer) bad(what string) error { return &syntaxError{what, l.in.line} }

// value reads a whole value that starts with c, however deep, without recursion.
func (l *lexer) value(c byte) error {
	at := l.root
	for {
		open, err := l.start(c, at)
		if err != nil {
			return err
		}
		if open {
			at, c, err = l.first()
		} else {
			at, c, err = l.after()
		}
		if err != nil || at == nil {
			return err
		}
	}
}

// start reads a scalar, or opens an array or object.
func (l *lexer) start(c byte, at *keys) (open bool, err error) {
	switch {
	case c == '{' || c == '[':
		if len(l.stack) == levels {
			return false, l.bad("nested deeper than 10000 levels")
		}
		l.stack = append(l.stack, frame{at, c == '['})
		return true, nil
	case c == '"':
		return false, l.text(at.column(l.in.line))
	case c == '-' || c >= '0' && c <= '9':
		return false, l.number(at.column(l.in.line), c)
	case c == 't':
		return false, l.word("rue")
	case c == 'f':
		return false, l.word("alse")
	case c == 'n':
		return false, l.word("ull")
	}
	return false, l.bad("malformed JSON")
}

// first goes into what was just opened; an empty one is closed.
func (l *lexer) first() (*keys, byte, error) {
	top := l.stack[len(l.stack)-1]
	c, ok := l.blank()
	switch {
	case !ok:
		return nil, 0, l.bad("unexpected end of JSON")
	case top.array && c == ']', !top.array && c == '}':
		l.stack = l.stack[:len(l.stack)-1]
		return l.after()
	case top.array:
		return l.element(top, c)
	}
	return l.member(top, c)
}

// after goes on behind a value: to the next one, or out of what it closes. It gives nil at the end of the outermost.
func (l *lexer) after() (*keys, byte, error) {
	for len(l.stack) > 0 {
		top := l.stack[len(l.stack)-1]
		c, ok := l.blank()
		switch {
		case !ok:
			return nil, 0, l.bad("unexpected end of JSON")
		case c == ',':
			if c, ok = l.blank(); !ok {
				return nil, 0, l.bad("unexpected end of JSON")
			}
			if top.array {
				return l.element(top, c)
			}
			return l.member(top, c)
		case top.array && c == ']', !top.array && c == '}':
			l.stack = l.stack[:len(l.stack)-1]
		default:
			return nil, 0, l.bad("malformed JSON")
		}
	}
	return nil, 0, nil
}

func (l *lexer) element(top frame, c byte) (*keys, byte, error) {
	if len(l.stack) == 1 {
		l.rep.Records++
	}
	return l.places.element(top.at), c, nil
}

// member reads a key. One that is data becomes a cell itself.
func (l *lexer) member(top frame, c byte) (*keys, byte, error) {
	if c != '"' {
		return nil, 0, l.bad("malformed JSON")
	}
	at, err := l.name(top.at)
	if err != nil {
		return nil, 0, err
	}
	if c, ok := l.blank(); !ok || c != ':' {
		return nil, 0, l.bad("malformed JSON")
	}
	c, ok := l.blank()
	if !ok {
		return nil, 0, l.bad("unexpected end of JSON")
	}
	return at, c, nil
}

// name reads a key, usually one that is in memory as it stands.
func (l *lexer) name(of *keys) (*keys, error) {
	b := l.in.unread()
	if i := indexAny(b, "\"\\\n"); i >= 0 && b[i] == '"' {
		l.in.at += i + 1
		return l.place(of, b[:i])
	}
	return l.longName(of)
}

// longName reads a key with escapes, or of any length: one longer than a name is data.
func (l *lexer) longName(of *keys) (at *keys, err error) {
	pieces := 0
	long := cell{max: l.opts.Cell, out: func(c *Column, b []byte) (err error) {
		if pieces++; pieces == 1 && len(b) <= 64 {
			at, err = l.place(of, b)
			return err
		}
		at, _ = l.places.key(of, nil)
		return l.each(c, b)
	}}
	if err := l.string(&long, of.keyColumn(l.in.line)); err != nil {
		return nil, err
	}
	if at == nil {
		return l.place(of, nil)
	}
	return at, nil
}

func (l *lexer) place(of *keys, key []byte) (*keys, error) {
	at, named := l.places.key(of, key)
	if !named && len(key) > 0 {
		return at, l.each(of.keyColumn(l.in.line), key)
	}
	return at, nil
}

func (l *lexer) word(rest string) error {
	for i := range len(rest) {
		if c, ok := l.in.next(); !ok || c != rest[i] {
			return l.bad("malformed JSON")
		}
	}
	return nil
}

// number hands over its digits: card and phone numbers are often written as numbers.
func (l *lexer) number(col *Column, c byte) error {
	b := append(l.digits[:0], c)
	for {
		r := l.in.unread()
		if len(r) == 0 || !(r[0] >= '0' && r[0] <= '9' || r[0] == '.' || r[0] == 'e' || r[0] == 'E' || r[0] == '+' || r[0] == '-') {
			return l.end(col, b)
		}
		if len(b) == cap(b) {
			if err := l.add(col, b); err != nil {
				return err
			}
			b = b[:0]
		}
		b = append(b, r[0])
		l.in.at++
	}
}

func (l *lexer) text(col *Column) error { return l.string(&l.cell, col) }

// string reads up to the closing quote.
func (l *lexer) string(to *cell, col *Column) error {
	stops := "\"\\"
	if l.lines {
		stops = "\"\\\n"
	}
	for {
		b, stop, ok := l.in.until(stops)
		switch {
		case !ok, l.lines && stop == '\n':
			if err := to.end(col, b); err != nil {
				return err
			}
			return l.bad("unexpected end of JSON")
		case stop == '"':
			return to.end(col, b)
		}
		if err := to.add(col, b); err != nil {
			return err
		}
		if stop == '\\' {
			if err := l.escape(to, col); err != nil {
				return err
			}
		}
	}
}

func (l *lexer) escape(to *cell, col *Column) error {
	c, ok := l.in.next()
	if !ok {
		return l.bad("unexpected end of JSON")
	}
	switch c {
	case '"', '\\', '/':
	case 'b', 'f', 'n', 'r', 't':
		c = "\b\f\n\r\t"[strings.IndexByte("bfnrt", c)]
	case 'u':
		r, err := l.hex()
		if err != nil {
			return err
		}
		if utf16.IsSurrogate(r) {
			if p := l.in.peek(2); len(p) == 2 && p[0] == '\\' && p[1] == 'u' {
				l.in.at += 2
				low, err := l.hex()
				if err != nil {
					return err
				}
				r = utf16.DecodeRune(r, low)
			}
		}
		return to.add(col, utf8.AppendRune(nil, r))
	default:
		return l.bad("malformed JSON")
	}
	return to.add(col, []byte{c})
}

func (l *lexer) hex() (rune, error) {
	var r rune
	for range 4 {
		c, ok := l.in.next()
		switch {
		case !ok:
			return 0, l.bad("unexpected end of JSON")
		case c >= '0' && c <= '9':
			r = r<<4 | rune(c-'0')
		case c|0x20 >= 'a' && c|0x20 <= 'f':
			r = r<<4 | rune(c|0x20-'a'+10)
		default:
			return 0, l.bad("malformed JSON")
		}
	}
	return r, nil
}
