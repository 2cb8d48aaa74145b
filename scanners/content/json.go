package content

import (
	"errors"
	"fmt"

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
func (p *parser) json() error { return p.rest(p.values()) }

func (p *parser) values() error {
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
		l.in.begin("line")
		p.rep.Records++
		err := l.value(c)
		var bad *syntaxError
		if !errors.As(err, &bad) {
			if err != nil {
				return err
			}
			continue
		}
		if l.in.cut() {
			break // the line may well be whole
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
	if lost > 0 {
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
		return false, l.word("true")
	case c == 'f':
		return false, l.word("false")
	case c == 'n':
		return false, l.word("null")
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
