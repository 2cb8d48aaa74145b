package content

import (
	"errors"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// word reads on in a word of which the first letter was read.
func (l *lexer) word(w string) error {
	for i := 1; i < len(w); i++ {
		if c, ok := l.in.next(); !ok || c != w[i] {
			return l.bad("malformed JSON")
		}
	}
	return nil
}

// number hands over its digits: card and phone numbers are often written as numbers.
func (l *lexer) number(col *Column, c byte) error {
	b := append(l.digits[:0], c)
	if !l.lines {
		l.in.begin("the number at line")
	}
	for {
		r := l.in.unread()
		if len(r) == 0 || strings.IndexByte("0123456789.eE+-", r[0]) < 0 {
			if !l.lines {
				l.in.finish()
			}
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
	if !l.lines {
		l.in.begin("the string at line")
		defer l.in.finish()
	}
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
				return l.handOver(to, col, err)
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
		return l.unicode(to, col)
	default:
		return l.bad("malformed JSON")
	}
	return to.add(col, []byte{c})
}

// handOver gives what was read of a text that turns out to be broken.
func (l *lexer) handOver(to *cell, col *Column, err error) error {
	var bad *syntaxError
	if errors.As(err, &bad) {
		if err := to.end(col, nil); err != nil {
			return err
		}
	}
	return err
}

// unicode reads a character by its number. One beyond 16 bits is written as a pair; a half without its other is none.
func (l *lexer) unicode(to *cell, col *Column) error {
	r, err := l.hex()
	if err != nil {
		return err
	}
	for utf16.IsSurrogate(r) {
		if p := l.in.peek(2); len(p) < 2 || p[0] != '\\' || p[1] != 'u' {
			break
		}
		l.in.at += 2
		low, err := l.hex()
		if err != nil {
			return err
		}
		if whole := utf16.DecodeRune(r, low); whole != utf8.RuneError {
			r = whole
			break
		}
		if err := to.add(col, utf8.AppendRune(nil, utf8.RuneError)); err != nil {
			return err
		}
		r = low
	}
	return to.add(col, utf8.AppendRune(nil, r))
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
